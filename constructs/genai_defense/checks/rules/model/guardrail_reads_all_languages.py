"""An attack in another language is an attack, too."""

from genai_defense.checks.answer import Answer, NonCompliant, worst
from genai_defense.checks.expectations import one_of
from genai_defense.checks.policy import IDENTITY_TYPES, identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items


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
def guardrail_reads_all_languages(guardrail: Resource, graph: TemplateGraph) -> Answer:
    """Only who chooses a tier is asked, and whoever gives its callers the profile of the better one."""
    paths = ("ContentPolicyConfig.ContentFiltersTierConfig", "TopicPolicyConfig.TopicsTierConfig")
    chosen = [
        one_of(guardrail, f"{path}.TierName", ("STANDARD",), "other languages pass")
        for path in paths
        if guardrail.get(path) is not None
    ]
    if chosen or guardrail.get("CrossRegionConfig") is not None or not _profile_is_granted(graph):
        return worst(chosen)
    return NonCompliant(
        "CrossRegionConfig", "callers may use a guardrail profile, and the guardrail has none"
    )


def _profile_is_granted(graph: TemplateGraph) -> bool:
    return any(
        ":guardrail-profile/" in wildcards(resource)
        for policy in graph.of_type(*IDENTITY_TYPES)
        for statement in identity_statements(policy)
        if statement.may_allow
        for resource in items(dig(statement.body, "Resource"))
    )
