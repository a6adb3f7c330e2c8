"""What a rule can answer about one resource."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Compliant:
    """The control stands; `evidence` says by what."""

    evidence: str


@dataclass(frozen=True)
class NonCompliant:
    """The control is missing or weak.

    Attributes:
        property: Where, as a dotted path below `Properties`.
        message: What stands there, and what that allows.
        further: Other places of the same resource at which the same promise is broken.
    """

    property: str
    message: str
    further: tuple[NonCompliant, ...] = ()

    def places(self) -> tuple[NonCompliant, ...]:
        """This place and the further ones, each on its own."""
        return (replace(self, further=()), *self.further) if self.further else (self,)


@dataclass(frozen=True)
class Unknown:
    """The template does not say. Counts as non-compliant.

    Attributes:
        property: Where, as a dotted path below `Properties`.
        why: What cannot be resolved.
    """

    property: str
    why: str


@dataclass(frozen=True)
class NotApplicable:
    """The rule says nothing about this resource."""


Answer: TypeAlias = Compliant | NonCompliant | Unknown | NotApplicable

STATUSES: Final[dict[type[Answer], str]] = {
    Compliant: "compliant",
    NonCompliant: "non_compliant",
    Unknown: "unknown",
    NotApplicable: "not_applicable",
}
"""What each kind of answer is called in reports."""


def worst(answers: Iterable[Answer]) -> Answer:
    """The answer that counts of several about one resource; not applicable when there is none.

    Of places that break the promise none is left out: mending the first one must not be a surprise.
    """
    given = list(answers)
    broken = dict.fromkeys(
        place for answer in given if isinstance(answer, NonCompliant) for place in answer.places()
    )
    if broken:
        first, *further = broken
        return replace(first, further=tuple(further)) if further else first
    for kind in (Unknown, Compliant):
        for answer in given:
            if isinstance(answer, kind):
                return answer
    return NotApplicable()
