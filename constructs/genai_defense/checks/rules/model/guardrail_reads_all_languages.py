"""An attack in another language is an attack, too."""

from genai_defense.checks.answer import Answer, Compliant, NotApplicable
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-GuardrailReadsAllLanguages",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail's filters know English, French and Spanish only.",
    explanation="A jailbreak in any other language, or in code, passes the filters of the classic tier.",
    remedy="Set TierName to STANDARD, with a CrossRegionConfig.",
    source=Source("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tiers.html", "2026-11-24"),
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
def guardrail_reads_all_languages(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Only who chooses a tier is asked: the choice of CLASSIC is what counts."""
    answer: Answer = NotApplicable()
    for path in ("ContentPolicyConfig.ContentFiltersTierConfig", "TopicPolicyConfig.TopicsTierConfig"):
        if guardrail.get(path) is None:
            continue
        tier = one_of(guardrail, f"{path}.TierName", ("STANDARD",), "other languages pass")
        if not isinstance(tier, Compliant):
            return tier
        answer = tier
    return answer
