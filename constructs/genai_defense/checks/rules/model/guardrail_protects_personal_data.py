"""Personal data does not leave in an answer, nor reach the model unasked."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.guardrail_bounds import STOPPING_ACTIONS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items, shown

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
    answer: Answer = NonCompliant(_POLICY, "no kind of personal data is listed")
    for name in ("PiiEntitiesConfig", "RegexesConfig"):
        listed = guardrail.get(f"{_POLICY}.{name}")
        if isinstance(listed, Opaque):
            return Unknown(f"{_POLICY}.{name}", listed.why)
        for index, each in enumerate(items(listed)):
            judged = _judge(each, f"{_POLICY}.{name}.{index}")
            if not isinstance(judged, Compliant):
                return judged
            answer = judged
    return answer


def _judge(each: Value, path: str) -> Answer:
    if isinstance(each, Opaque):
        return Unknown(path, each.why)
    name = "OutputAction" if dig(each, "OutputAction") is not None else "Action"
    action, enabled = dig(each, name), flag(dig(each, "OutputEnabled"), default=True)
    for value in (action, enabled):
        if isinstance(value, Opaque):
            return Unknown(f"{path}.{name}", value.why)
    if action not in STOPPING_ACTIONS or not enabled:
        return NonCompliant(f"{path}.{name}", f"{shown(action)} lets it stand in answers")
    return Compliant("what is listed is stopped on its way out")
