"""What a rule can answer about one resource."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias


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
    """

    property: str
    message: str


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
    """The answer that counts of several about one resource; not applicable when there is none."""
    given = list(answers)
    for kind in (NonCompliant, Unknown, Compliant):
        for answer in given:
            if isinstance(answer, kind):
                return answer
    return NotApplicable()
