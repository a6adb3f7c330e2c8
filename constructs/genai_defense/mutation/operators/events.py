"""EventBridge rules, buses and schedules: whether they fire, on what, and what they start."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import places, removal
from genai_defense.mutation.shapes import is_array, is_object

_RULE = "AWS::Events::Rule"
_SCHEDULE = "AWS::Scheduler::Schedule"
_MOST = 6

STATE = changed(
    "event-rule-disabled",
    CONVENTIONAL,
    (_RULE, _SCHEDULE),
    "State",
    "DISABLED",
    "It never fires.",
    unset=True,
)
BUS_KEY = dropped(
    "event-bus-key-removed",
    CONVENTIONAL,
    "AWS::Events::EventBus",
    "KmsKeyIdentifier",
    "No key of ours encrypts it.",
)
SCHEDULE_KEY = dropped(
    "schedule-key-removed", CONVENTIONAL, _SCHEDULE, "KmsKeyArn", "No key of ours encrypts it."
)
SELDOM = changed(
    "schedule-seldom",
    CONVENTIONAL,
    _SCHEDULE,
    "ScheduleExpression",
    "rate(3650 days)",
    "It runs once in ten years.",
)
DEAD_LETTERS = dropped(
    "event-dead-letters-lost", CONVENTIONAL, _RULE, "Targets.*.DeadLetterConfig", "What {} misses is lost."
)
SCHEDULE_DEAD_LETTERS = dropped(
    "schedule-dead-letters-lost",
    CONVENTIONAL,
    _SCHEDULE,
    "Target.DeadLetterConfig",
    "Runs that fail are lost.",
)


def _lists(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], list[Any]]]:
    if is_object(node):
        for key, inner in node.items():
            yield from _lists(inner, (*path, key))
    elif is_array(node):
        yield path, node


def _is_off(site: Site) -> bool:
    """A rule that never fires cannot be weakened."""
    return bool(site.get("State") == "DISABLED")


@operator(id="event-target-out", mutant_class=CONVENTIONAL, resource_types=(_RULE,))
def target(site: Site) -> Iterator[Weakening]:
    """Each target of a rule that is on."""
    for place in () if _is_off(site) else places(site.properties, "Targets.*"):
        yield site.weakening(f"{place.label} is not started.", removal(site, place.path))


@operator(id="event-pattern-matches-nothing", mutant_class=CONVENTIONAL, resource_types=(_RULE,))
def nothing(site: Site) -> Iterator[Weakening]:
    """No event is like this."""
    if is_object(pattern := site.get("EventPattern")) and "source" in pattern and not _is_off(site):
        yield site.weakening(
            "Its pattern matches no event.", site.edit(("EventPattern", "source"), ["nobody.at-all"])
        )


@operator(id="event-pattern-entry-out", mutant_class=CONVENTIONAL, resource_types=(_RULE,))
def entry_out(site: Site) -> Iterator[Weakening]:
    """Each of the first six entries of each list that has several."""
    for path, listed in _lists(site.get("EventPattern"), ("EventPattern",)):
        if len(listed) > 1 and not _is_off(site):
            for index, entry in enumerate(listed[:_MOST]):
                yield site.weakening(f"{path[-1]} {entry} does not count.", removal(site, (*path, index)))
