"""Sorts outcomes into what is reported."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from genai_defense.mutation.detector_names import DetectorName
    from genai_defense.mutation.equivalent import Equivalent
    from genai_defense.mutation.outcome import Outcome


class Status(StrEnum):
    """What a mutant counts as."""

    COUNTED = "counted"
    """It weakens something, and would deploy: the first detector notices it, or it survives."""
    REDUNDANT = "redundant"
    """The first detector does not notice it, and the IAM prover shows that no request becomes possible."""
    EQUIVALENT = "equivalent"
    """A reviewer says that it weakens nothing, and the first detector does not notice it."""
    INVALID = "invalid"
    """CloudFormation would refuse it."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A mutant with what it counts as.

    Attributes:
        outcome: The mutant, and what the detectors said.
        status: What it counts as.
        why: Why it is redundant, equivalent, or invalid; a request that a survivor makes possible, where the
            prover found one.
    """

    outcome: Outcome
    status: Status
    why: str = ""

    def noticed_by(self, detector: DetectorName) -> bool:
        """Whether a detector noticed it."""
        return bool(self.outcome.shown.noticed.get(detector))


@dataclass(frozen=True, kw_only=True)
class Row:
    """How many mutants of a group each detector noticed.

    Attributes:
        name: The operator, the type, or the class.
        counted: Number of live mutants, without redundant and equivalent ones.
        noticed: Detector to the number it noticed.
        by_any: How many at least one of the detectors noticed.
    """

    name: str
    counted: int
    noticed: dict[DetectorName, int]
    by_any: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a run came to.

    Attributes:
        path: What was weakened.
        detectors: Who was asked; the first one decides.
        missing: Detectors that were named and cannot be asked here, with the reason.
        judged: Every mutant, in order.
        broken: Operators that broke down, each with where and why.
        stale: Reviewed equivalents that fit no mutant.
        complete: Whether every mutant was shown; a run can be interrupted.
        unproven: Why the IAM prover was not asked about survivors; empty where it was.
    """

    path: str
    detectors: tuple[DetectorName, ...]
    missing: dict[DetectorName, str]
    judged: tuple[Judged, ...]
    broken: tuple[str, ...]
    stale: tuple[Equivalent, ...]
    complete: bool = True
    unproven: str = ""

    def having(self, status: Status) -> tuple[Judged, ...]:
        """The mutants that count as this."""
        return tuple(one for one in self.judged if one.status is status)

    @property
    def live(self) -> int:
        """How many would deploy: noticed, redundant, equivalent, survivors."""
        return len(self.judged) - len(self.having(Status.INVALID))

    @property
    def survivors(self) -> tuple[Judged, ...]:
        """Those that count, and that the first detector did not notice."""
        return tuple(one for one in self.having(Status.COUNTED) if not one.noticed_by(self.detectors[0]))

    @property
    def percent(self) -> float:
        """Share of those that count that the first detector noticed; 100 where there is none."""
        counted = len(self.having(Status.COUNTED))
        return 100 * (counted - len(self.survivors)) / counted if counted else 100.0

    def total(self) -> Row:
        """All that count together."""
        return self._row("all", self.having(Status.COUNTED))

    def rows(self, by: Callable[[Judged], str]) -> list[Row]:
        """Those that count in groups, by the name of the group."""
        groups: dict[str, list[Judged]] = defaultdict(list)
        for one in self.having(Status.COUNTED):
            groups[by(one)].append(one)
        return [self._row(name, groups[name]) for name in sorted(groups)]

    def _row(self, name: str, group: Sequence[Judged]) -> Row:
        return Row(
            name=name,
            counted=len(group),
            noticed={each: sum(one.noticed_by(each) for one in group) for each in self.detectors},
            by_any=sum(any(map(one.noticed_by, self.detectors)) for one in group),
        )


def by_operator(one: Judged) -> str:
    """The operator that made it."""
    return one.outcome.mutant.operator


def by_resource_type(one: Judged) -> str:
    """The type of the resource that it weakens."""
    return one.outcome.mutant.resource_type


def by_class(one: Judged) -> str:
    """What it is about."""
    return one.outcome.mutant.mutant_class.value


def judged(outcome: Outcome, detector: DetectorName, equivalents: Sequence[Equivalent]) -> Judged:
    """Say what a mutant counts as.

    Args:
        outcome: The mutant, and what was said.
        detector: The detector that decides.
        equivalents: What reviewers found.
    """
    shown = outcome.shown
    if shown.refused:
        return Judged(outcome=outcome, status=Status.INVALID, why="; ".join(shown.refused))
    if not shown.noticed.get(detector):
        for entry in equivalents:
            if entry.fits(outcome.mutant):
                why = f"{entry.reason} Shown by {entry.proof}." if entry.proof else entry.reason
                return Judged(outcome=outcome, status=Status.EQUIVALENT, why=why)
    return Judged(outcome=outcome, status=Status.COUNTED)
