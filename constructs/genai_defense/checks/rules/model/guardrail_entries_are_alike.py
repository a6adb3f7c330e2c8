"""No entry of a guardrail is weaker than all that are comparable."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.guardrail_actions import SIDES, action_name
from genai_defense.checks.guardrail_bounds import (
    CREDENTIALS,
    HARM_FILTERS,
    LEAST_HARM_STRENGTH,
    STRENGTHS,
    at_least,
)
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, typed_items

_FILTERS = "ContentPolicyConfig.FiltersConfig"
_ENTITIES = "SensitiveInformationPolicyConfig.PiiEntitiesConfig"
# Angry users are rude: a chat may bear more of that than of the other harms.
_HARMS = tuple(harm for harm in HARM_FILTERS if harm != "INSULTS")
_LEAST_HARMS, _LEAST_CREDENTIALS = 3, 2


@rule(
    id="OwaspLlm-GuardrailEntriesAreAlike",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="One entry of the guardrail is weaker than all comparable ones.",
    explanation="An attacker tries one harm, and one kind of credential, after the other, and finds the one"
    " that passes; often it was lowered for a test.",
    remedy="Give the entry the strength, or the action, of its siblings, or acknowledge why it differs.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0054", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Bedrock::Guardrail",),
)
def guardrail_entries_are_alike(guardrail: Resource, _graph: TemplateGraph) -> Answer:
    """What cannot be resolved, and what is too weak by itself, other rules tell."""
    return worst((*_weaker_harms(guardrail), *_milder_credentials(guardrail)))


def _weaker_harms(guardrail: Resource) -> Iterator[Answer]:
    found = _by_kind(guardrail, _FILTERS, _HARMS)
    for kind, (path, entry) in found.items():
        for side in SIDES:
            mine = str(dig(entry, f"{side}Strength"))
            others = [
                str(dig(other, f"{side}Strength")) for name, (_, other) in found.items() if name != kind
            ]
            if len(others) < _LEAST_HARMS or not at_least(mine, LEAST_HARM_STRENGTH):
                continue
            if all(at_least(other, mine) and other != mine for other in others):
                least = min(others, key=STRENGTHS.index)
                yield NonCompliant(
                    f"{path}.{side}Strength", f"{kind} is {mine}, and every other harm {least} at least"
                )
            else:
                yield Compliant("harms are filtered alike")


def _milder_credentials(guardrail: Resource) -> Iterator[Answer]:
    found = _by_kind(guardrail, _ENTITIES, CREDENTIALS)
    for kind, (path, entry) in found.items():
        for side in SIDES:
            name = action_name(entry, side)
            others = [
                dig(other, action_name(other, side)) for each, (_, other) in found.items() if each != kind
            ]
            if len(others) < _LEAST_CREDENTIALS or any(other != "BLOCK" for other in others):
                continue
            if dig(entry, name) == "ANONYMIZE":
                yield NonCompliant(
                    f"{path}.{name}", f"{kind} is only masked, and every other credential is blocked"
                )
            else:
                yield Compliant("credentials are treated alike")


def _by_kind(guardrail: Resource, path: str, kinds: tuple[str, ...]) -> dict[str, tuple[str, Value]]:
    return {
        kind: (place, entry)
        for place, kind, entry in typed_items(guardrail.get(path), path)
        if isinstance(kind, str) and kind in kinds
    }
