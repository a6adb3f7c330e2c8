"""A topic that a guardrail calls denied is denied."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.guardrail_actions import blocks_each
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-GuardrailDeniesItsTopics",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail only watches a topic that it was told to deny, or has it switched off.",
    explanation="The chatbot talks in its owner's name about what its owner decided that it must not"
    " talk about.",
    remedy="Leave both actions of the topic at BLOCK, and the topic switched on.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-denied-topics.html", "2026-11-24"
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
def guardrail_denies_its_topics(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Which topics there should be, only the owner knows; so none is none."""
    return worst(blocks_each(guardrail, "TopicPolicyConfig.TopicsConfig"))
