"""Deterministic figures about results: how far the scores have moved, and how unlike groups are treated."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluation.results import Case

_BINS: Final = 10
# An empty bin would make the index infinite; so little counts as next to nothing.
_NEXT_TO_NOTHING: Final = 1e-4
LEAST_CASES: Final = 30
"""A group with fewer cases is not compared: chance alone would look like bias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is measured.

    Args:
        drift: Population stability index of the scores over ten equal bins, against the baseline. Below 0.1
            nothing has moved, from 0.25 on it is another distribution.
        refusal_rate: Part of the cases that were refused, 0 to 1.
        accuracy: Part of the cases that were done right, 0 to 1.
        refusal_gap: Highest refusal rate of a group less the lowest, 0 to 1.
        accuracy_gap: Highest accuracy of a group less the lowest, 0 to 1.
        cases: How many cases.
        groups: How many groups are compared.
    """

    drift: float
    refusal_rate: float
    accuracy: float
    refusal_gap: float
    accuracy_gap: float
    cases: int
    groups: int


def compare(current: Sequence[Case], baseline: Sequence[Case]) -> Figures:
    """The figures of a result against its baseline."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in current:
        groups[case.group].append(case)
    compared = [cases for cases in groups.values() if len(cases) >= LEAST_CASES]
    return Figures(
        drift=stability_index([case.score for case in current], [case.score for case in baseline]),
        refusal_rate=_rate(current, lambda case: case.refused),
        accuracy=_rate(current, lambda case: case.correct),
        refusal_gap=_gap(compared, lambda case: case.refused),
        accuracy_gap=_gap(compared, lambda case: case.correct),
        cases=len(current),
        groups=len(compared),
    )


def stability_index(current: Sequence[float], baseline: Sequence[float]) -> float:
    """Sum over the bins of (now - before) * ln(now / before); 0 for equal distributions, never negative."""
    return sum(
        (now - before) * math.log(now / before)
        for now, before in zip(_parts(current), _parts(baseline), strict=True)
    )


def _parts(scores: Sequence[float]) -> list[float]:
    counted = Counter(min(int(score * _BINS), _BINS - 1) for score in scores)
    return [max(counted[place] / len(scores), _NEXT_TO_NOTHING) for place in range(_BINS)]


def _rate(cases: Sequence[Case], test: Callable[[Case], bool]) -> float:
    return sum(map(test, cases)) / len(cases)


def _gap(groups: Sequence[Sequence[Case]], test: Callable[[Case], bool]) -> float:
    rates = [_rate(cases, test) for cases in groups]
    return max(rates) - min(rates) if rates else 0.0
