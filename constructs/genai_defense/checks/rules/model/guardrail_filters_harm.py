"""The managed guardrail stops hate, insults, sexual content, violence and help with crime."""

from collections.abc import Iterator, Mapping

from genai_defense.checks.answer import Answer, NonCompliant, Unknown, worst
from genai_defense.checks.guardrail_actions import SIDES, stops
from genai_defense.checks.guardrail_bounds import HARM_FILTERS, LEAST_HARM_STRENGTH, at_least
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, shown, typed_items

_FILTERS = "ContentPolicyConfig.FiltersConfig"


@rule(
    id="OwaspLlm-GuardrailFiltersHarm",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info=f"The guardrail filters one of the five harms at less than {LEAST_HARM_STRENGTH}, or not at all.",
    explanation="The chatbot says what hurts people or helps to commit a crime, in the name of its owner.",
    remedy=f"Filter {', '.join(HARM_FILTERS)} with InputStrength and OutputStrength {LEAST_HARM_STRENGTH} or"
    " HIGH, and with both actions at BLOCK.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM05", "LLM09"),
        owasp_agentic=("ASI09",),
        mitre_atlas=("AML.T0048", "AML.T0054"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=(
            "Dangerous, Violent, or Hateful Content",
            "Obscene, Degrading, and/or Abusive Content",
        ),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_filters_harm(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """Every harm has a filter, in both directions, switched on and blocking."""
    filters = guardrail.get(_FILTERS)
    if isinstance(filters, Opaque):
        return Unknown(_FILTERS, filters.why)
    found: dict[Value, tuple[str, Value]] = {}
    for path, kind, each in typed_items(filters, _FILTERS):
        if isinstance(kind, Opaque):
            return Unknown(path, shown(kind))
        if isinstance(kind, str):
            found[kind] = (path, each)
    return worst(answer for harm in HARM_FILTERS for answer in _judge(harm, found))


def _judge(harm: str, found: Mapping[Value, tuple[str, Value]]) -> Iterator[Answer]:
    if harm not in found:
        yield NonCompliant(_FILTERS, f"there is no filter of type {harm}")
        return
    path, each = found[harm]
    for side in SIDES:
        strength = dig(each, f"{side}Strength")
        if isinstance(strength, Opaque):
            yield Unknown(f"{path}.{side}Strength", strength.why)
        elif not at_least(str(strength), LEAST_HARM_STRENGTH):
            yield NonCompliant(
                f"{path}.{side}Strength", f"{harm} at {shown(strength)} is weaker than {LEAST_HARM_STRENGTH}"
            )
        yield from stops(each, path, side)
