"""Personal data does not leave in an answer, nor reach the model unasked."""

from genai_defense.checks.answer import Answer, NonCompliant, worst
from genai_defense.checks.guardrail_actions import entries, stops
from genai_defense.checks.guardrail_bounds import PERSONAL_LISTS, STOPPING_ACTIONS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_POLICY = "SensitiveInformationPolicyConfig"


@rule(
    id="OwaspLlm-GuardrailProtectsPersonalData",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail lets personal data through.",
    explanation="Names, numbers and addresses from documents, tools or another user's request stand"
    " in answers and logs.",
    remedy="List the kinds of personal data in PiiEntitiesConfig (or patterns in RegexesConfig), each"
    " with BLOCK or ANONYMIZE in both directions.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_protects_personal_data(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """At least one kind is listed, and none is listed only to be watched on its way out."""
    listed = [each for name in PERSONAL_LISTS for each in entries(guardrail, name)]
    if not listed:
        return NonCompliant(_POLICY, "no kind of personal data is listed")
    return worst(
        answer
        for path, each in listed
        for answer in stops(each, path, "Output", actions=STOPPING_ACTIONS, default=None)
    )
