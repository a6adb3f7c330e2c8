"""The managed guardrail lets no credential through, in neither direction."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.guardrail_bounds import SECRETS, STOPPING_ACTIONS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, shown, typed_items

_ENTITIES = "SensitiveInformationPolicyConfig.PiiEntitiesConfig"


@rule(
    id="OwaspLlm-GuardrailStopsSecrets",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The guardrail lets AWS keys or passwords through.",
    explanation="A credential in a document, a tool result or a request reaches the model, its log or another"
    " user.",
    remedy=f"Add {', '.join(SECRETS)} to PiiEntitiesConfig with the action BLOCK (or ANONYMIZE) in both"
    " directions.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM07"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057", "AML.T0055"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_stops_secrets(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Each kind of secret is blocked or made unreadable on both ways."""
    entities = guardrail.get(_ENTITIES)
    if isinstance(entities, Opaque):
        return Unknown(_ENTITIES, entities.why)
    missing = list(SECRETS)
    for path, kind, each in typed_items(entities, _ENTITIES):
        if isinstance(kind, Opaque):
            return Unknown(path, shown(kind))
        if kind not in missing:
            continue
        missing.remove(str(kind))
        answer = _judge(path, each)
        if not isinstance(answer, Compliant):
            return answer
    if missing:
        return NonCompliant(_ENTITIES, f"{', '.join(missing)} is not among the entities")
    return Compliant(f"{', '.join(SECRETS)} are stopped in both directions")


def _judge(path: str, each: Value) -> Answer:
    for side in ("Input", "Output"):
        # The action of a direction wins over the common one.
        name = f"{side}Action" if dig(each, f"{side}Action") is not None else "Action"
        action = dig(each, name)
        enabled = flag(dig(each, f"{side}Enabled"), default=True)
        for field, value in ((name, action), (f"{side}Enabled", enabled)):
            if isinstance(value, Opaque):
                return Unknown(f"{path}.{field}", value.why)
        if action not in STOPPING_ACTIONS or not enabled:
            return NonCompliant(f"{path}.{name}", f"on the {side.lower()} the secret is only detected")
    return Compliant(path)
