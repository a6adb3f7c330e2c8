"""The managed guardrail lets no credential through, in neither direction."""

from genai_defense.checks.answer import Answer, NonCompliant, Unknown, worst
from genai_defense.checks.guardrail_actions import SIDES, stops
from genai_defense.checks.guardrail_bounds import SECRETS, STOPPING_ACTIONS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown, typed_items

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
    answers: list[Answer] = []
    for path, kind, each in typed_items(entities, _ENTITIES):
        if isinstance(kind, Opaque):
            return Unknown(path, shown(kind))
        if kind in missing:
            missing.remove(str(kind))
            for side in SIDES:
                answers += stops(each, path, side, actions=STOPPING_ACTIONS, default=None)
    absent = (NonCompliant(_ENTITIES, f"{kind} is not among the entities") for kind in missing)
    return worst((*answers, *absent))
