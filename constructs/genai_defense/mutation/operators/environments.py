"""Settings that programs read from their environment: limits, modes, switches, lists, versions, secrets."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from genai_defense.mutation.edit import Path
from genai_defense.mutation.factories import CONVENTIONAL, GENAI, number
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.places import places
from genai_defense.mutation.shapes import is_object

_MAPS = {
    "AWS::BedrockAgentCore::Runtime": ("EnvironmentVariables",),
    "AWS::Lambda::Function": ("Environment.Variables",),
    "AWS::SageMaker::Model": ("PrimaryContainer.Environment", "Containers.*.Environment"),
}
_LISTS = {"AWS::ECS::TaskDefinition": ("ContainerDefinitions.*.Environment.*",)}
_TYPES = (*_MAPS, *_LISTS)
_MODEL_WORDS = re.compile(
    r"GUARDRAIL|MODEL|PROMPT|TOKEN|BEDROCK|LLM|AGENT|EMBED|GROUND|RELEVANCE|KNOWLEDGE|TOOL|TURN|CANARY|INJECTION"
    r"|JAILBREAK|PII|TOXIC|SCREEN|CONTEXT|KILL_SWITCH|CHUNK|PASSAGE|RETRIEV"
)
_LIMIT = re.compile(
    r"(^|_)(MAX|LIMIT|QUOTA|BUDGET|PER|AFTER|ATTEMPTS|TURNS|DAYS|BYTES|LENGTH|PAGES|MINUTES)(_|$)"
)
# Somebody who is kept out for longer is not less kept out.
_PENALTY = re.compile(r"(^|_)(BLOCKED|SLOWED|BANNED|LOCKOUT|LOCKED|SUSPENDED|COOLDOWN)(_|$)")
_SCORE = re.compile(r"THRESHOLD|SCORE|CONFIDENCE|SIMILARITY|GROUND|RELEVANCE")
_FLOOR = re.compile(r"GROUND|RELEVANCE|SIMILARITY")
_MODES = {
    "act": "observe",
    "block": "log",
    "deny": "log",
    "enforce": "detect",
    "prevent": "detect",
    "strict": "lenient",
}
_ON = {"on": "off", "true": "false", "enabled": "disabled", "yes": "no"}
_LOOSE = re.compile(r"DEBUG|VERBOSE|DISABLE|SKIP|BYPASS|ALLOW_|DRY_RUN")
_VERSION = re.compile(r"GUARDRAIL.*VERSION|GR_VERSION")


class Variable(NamedTuple):
    """A variable, where its value stands, and the value."""

    name: str
    path: Path
    value: Any


def _variables(site: Site) -> Iterator[Variable]:
    for pattern in _MAPS.get(site.type, ()):
        for place in places(site.properties, pattern):
            if is_object(place.value):
                for name, value in place.value.items():
                    yield Variable(name, (*place.path, name), value)
    for pattern in _LISTS.get(site.type, ()):
        for place in places(site.properties, pattern):
            if is_object(place.value) and isinstance(called := place.value.get("Name"), str):
                yield Variable(called, (*place.path, "Value"), place.value.get("Value"))


def _is_about_models(name: str) -> bool:
    return _MODEL_WORDS.search(name.upper()) is not None


def _limit_up(variable: Variable) -> tuple[Any, str] | None:
    known = number(variable.value)
    name = variable.name.upper()
    if known is None or known < 1 or _LIMIT.search(name) is None or _PENALTY.search(name) is not None:
        return None
    return str(int(known * 1000)), "is a thousand times as high"


def _limit_off(variable: Variable) -> tuple[Any, str] | None:
    known = number(variable.value)
    if known is None or known < 1 or _LIMIT.search(variable.name.upper()) is None:
        return None
    return "0", "is none"


def _score(variable: Variable) -> tuple[Any, str] | None:
    known = number(variable.value)
    if known is None or not 0 < known < 1 or _SCORE.search(variable.name.upper()) is None:
        return None
    weaker = "0.01" if _FLOOR.search(variable.name.upper()) else "0.99"
    return weaker, f"is {weaker}"


def _mode(variable: Variable) -> tuple[Any, str] | None:
    weaker = _MODES.get(str(variable.value).lower())
    return (weaker, f"is {weaker}") if weaker is not None else None


def _switch(variable: Variable) -> tuple[Any, str] | None:
    text = str(variable.value).lower()
    loose = _LOOSE.search(variable.name.upper()) is not None
    table = {off: on for on, off in _ON.items()} if loose else _ON
    weaker = table.get(text)
    return (weaker, f"is {weaker}") if weaker is not None else None


def _anything(variable: Variable) -> tuple[Any, str] | None:
    listed = re.search(r"ALLOW|TRUSTED|PERMITTED|ORIGIN|_HOSTS|_DOMAINS", variable.name.upper())
    name = variable.name.upper()
    if listed is None or name.endswith(("_NAME", "_ARN", "_ID", "_URL")) or variable.value in ("*", ""):
        return None
    return ("*", "is everything") if isinstance(variable.value, str) else None


def _draft(variable: Variable) -> tuple[Any, str] | None:
    if _VERSION.search(variable.name.upper()) is None or variable.value == "DRAFT":
        return None
    return "DRAFT", "is the draft"


def _plain(variable: Variable) -> tuple[Any, str] | None:
    text = variable.value
    if not isinstance(text, str) or not text.startswith("https://"):
        return None
    return f"http://{text.removeprefix('https://')}", "is in the clear"


_KINDS = {
    "limit-up": _limit_up,
    "limit-off": _limit_off,
    "score-out-of-reach": _score,
    "mode-lenient": _mode,
    "switch-off": _switch,
    "list-open": _anything,
    "version-draft": _draft,
    "address-in-the-clear": _plain,
}


def _operator(kind: str, mutant_class: MutantClass) -> Operator:
    """Each variable that a kind knows to weaken."""
    weaker_of = _KINDS[kind]

    def weaken(site: Site) -> Iterator[Weakening]:
        for variable in _variables(site):
            if _is_about_models(variable.name) != (mutant_class is GENAI):
                continue
            found = weaker_of(variable)
            if found is not None and found[0] != variable.value:
                yield site.weakening(f"{variable.name} {found[1]}.", site.edit(variable.path, found[0]))

    prefix = "model-" if mutant_class is GENAI else ""
    return Operator(
        id=f"{prefix}setting-{kind}", mutant_class=mutant_class, resource_types=_TYPES, weaken=weaken
    )


(
    MODEL_LIMIT_UP,
    MODEL_LIMIT_OFF,
    MODEL_SCORE_OUT_OF_REACH,
    MODEL_MODE_LENIENT,
    MODEL_SWITCH_OFF,
    MODEL_LIST_OPEN,
    MODEL_VERSION_DRAFT,
    MODEL_ADDRESS_IN_THE_CLEAR,
) = (_operator(kind, GENAI) for kind in _KINDS)
(
    LIMIT_UP,
    LIMIT_OFF,
    SCORE_OUT_OF_REACH,
    MODE_LENIENT,
    SWITCH_OFF,
    LIST_OPEN,
    VERSION_DRAFT,
    ADDRESS_IN_THE_CLEAR,
) = (_operator(kind, CONVENTIONAL) for kind in _KINDS)
