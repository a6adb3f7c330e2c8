"""An answer that its source does not support is withheld."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, NonCompliant, Unknown, worst
from genai_defense.checks.guardrail_actions import switched_on
from genai_defense.checks.guardrail_bounds import GROUNDING_CHECKS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, shown, typed_items

_FILTERS = "ContextualGroundingPolicyConfig.FiltersConfig"


@rule(
    id="OwaspLlm-GuardrailChecksGrounding",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The guardrail does not withhold answers whose grounding or relevance is low.",
    explanation="Answers that are made up pass for answers from the source; a poisoned or confused model is"
    " believed.",
    remedy="Add the contextual grounding filters GROUNDING and RELEVANCE with a threshold at or above the"
    " bound `grounding` (0.5) and the action BLOCK; a guardrail without sources loses nothing by them.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM09", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0060",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Confabulation", "Information Integrity"),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_checks_grounding(guardrail: Resource, graph: TemplateGraph) -> Answer:
    """Both checks stand, high enough, switched on and blocking."""
    filters = guardrail.get(_FILTERS)
    if isinstance(filters, Opaque):
        return Unknown(_FILTERS, filters.why)
    missing = list(GROUNDING_CHECKS)
    answers: list[Answer] = []
    for path, kind, each in typed_items(filters, _FILTERS):
        if isinstance(kind, Opaque):
            return Unknown(path, shown(kind))
        if kind in missing:
            missing.remove(str(kind))
            answers += _judge(path, each, graph.bounds.grounding)
    return worst((*answers, *(NonCompliant(_FILTERS, f"there is no check of {kind}") for kind in missing)))


def _judge(path: str, each: Value, least: float) -> Iterator[Answer]:
    threshold, action = dig(each, "Threshold"), dig(each, "Action") or "BLOCK"
    for name, value in (("Threshold", threshold), ("Action", action)):
        if isinstance(value, Opaque):
            yield Unknown(f"{path}.{name}", value.why)
            return
    if not isinstance(threshold, str | int | float) or float(threshold) < least:
        yield NonCompliant(f"{path}.Threshold", f"it is {shown(threshold)}, below {least}")
    if action != "BLOCK":
        yield NonCompliant(f"{path}.Action", f"{shown(action)} only detects it")
    yield switched_on(each, path, "Enabled")
