"""A word that a guardrail lists is stopped."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.guardrail_actions import blocks_each
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-GuardrailBlocksItsWords",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail only watches words that it was told to block.",
    explanation="Insults, names of rivals or code words pass in questions and answers, and leave a"
    " line in a trace.",
    remedy="Leave both actions of the words and the managed list at BLOCK, and switched on.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-word-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.DS", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_blocks_its_words(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Which words there should be, only the owner knows; so none is none."""
    return worst(
        answer
        for name in ("WordsConfig", "ManagedWordListsConfig")
        for answer in blocks_each(guardrail, f"WordPolicyConfig.{name}")
    )
