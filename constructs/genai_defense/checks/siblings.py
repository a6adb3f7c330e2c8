"""What a deployment does everywhere is its norm: what differs from all its siblings needs a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved

_RARE = 20

Held: TypeAlias = bool | Opaque | None
"""Whether a resource has a protection; None where it is no sibling of those that could have it."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A protection that a deployment gives to all resources of a kind, or does not.

    Attributes:
        property: Where it stands, as a dotted path below `Properties`; empty for what stands beside them.
        types: The kinds of resources that are siblings.
        held: Whether a resource has it.
        otherwise: What its absence is and allows.
        least: How many siblings must have it before it is the norm. Default 3.
        in_one_template: Whether only resources of the same template are siblings. Default: of all templates.
    """

    property: str
    types: tuple[str, ...]
    held: Callable[[Resource, TemplateGraph], Held]
    otherwise: str
    least: int = 3
    in_one_template: bool = False


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number that is of one order in all resources of a kind.

    Attributes:
        property: Where it stands, as a dotted path below `Properties`.
        types: The kinds of resources that are siblings.
        read: The number of a resource; None where it has none.
        times: How many times more or less than all siblings is out of order; below 1 for less.
        bound: The number from which on (for less: up to which) a difference matters at all.
        otherwise: What the difference allows.
        least: How many siblings must have a number. Default 3.
    """

    property: str
    types: tuple[str, ...]
    read: Callable[[Resource], int | Opaque | None]
    times: float
    bound: int
    otherwise: str
    least: int = 3


def as_siblings_do(resource: Resource, graph: TemplateGraph, practice: Practice) -> Answer:
    """Whether a resource has what all its siblings have; not applicable where they do not agree.

    One resource in twenty, and always one, may differ before the norm is none.
    """
    held = _all_held(graph, practice, resource.template.name if practice.in_one_template else None)
    sure, without = held.count(True), held.count(False)
    mine = practice.held(resource, graph)
    if mine is None or sure < practice.least or without > max(1, len(held) // _RARE):
        return NotApplicable()
    if isinstance(mine, Opaque):
        return Unknown(practice.property, mine.why)
    if mine:
        return Compliant(f"{practice.property or 'it'} is as in its siblings")
    return NonCompliant(practice.property, f"unlike in all its siblings, {practice.otherwise}")


def of_their_order(resource: Resource, graph: TemplateGraph, amount: Amount) -> Answer:
    """Whether a number is of the order of those of all its siblings; not applicable without siblings."""
    numbers = _all_numbers(graph, amount)
    mine = amount.read(resource)
    if mine is None or len(numbers) - isinstance(mine, int) < amount.least:
        return NotApplicable()
    if isinstance(mine, Opaque):
        return Unknown(amount.property, mine.why)
    more = amount.times > 1
    others = (numbers[-2] if mine == numbers[-1] else numbers[-1]) if more else _second(numbers, mine)
    out = mine >= max(amount.bound, amount.times * others)
    if not more:
        out = mine <= min(amount.bound, amount.times * others)
    if out:
        return NonCompliant(
            amount.property, f"{mine} is far from {others} of its siblings: {amount.otherwise}"
        )
    return Compliant(f"{amount.property} is of the order of its siblings")


def given(path: str) -> Callable[[Resource, TemplateGraph], Held]:
    """Whether a property is set to anything."""

    def held(resource: Resource, _graph: TemplateGraph) -> Held:
        value = resource.get(path)
        return value if isinstance(value, Unresolved) else value not in (None, "", [], {})

    return held


def _second(numbers: Sequence[int], mine: int) -> int:
    return numbers[1] if mine == numbers[0] else numbers[0]


def _all_held(graph: TemplateGraph, practice: Practice, template: str | None) -> list[Held]:
    def held() -> list[Held]:
        siblings = (r for r in graph.of_type(*practice.types) if template in {None, r.template.name})
        found = (practice.held(each, graph) for each in siblings)
        return [each for each in found if each is not None]

    return graph.remember(
        f"siblings: {practice.types} {practice.property} {practice.otherwise} {template}", held
    )


def _all_numbers(graph: TemplateGraph, amount: Amount) -> list[int]:
    def numbers() -> list[int]:
        found = (amount.read(each) for each in graph.of_type(*amount.types))
        return sorted(each for each in found if isinstance(each, int))

    return graph.remember(f"siblings: {amount.types} {amount.property} {amount.otherwise}", numbers)
