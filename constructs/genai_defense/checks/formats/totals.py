"""How many of which."""

from collections.abc import Iterable
from typing import NamedTuple

from genai_defense.checks.judge import Found, Judgement


class Totals(NamedTuple):
    """Numbers of findings.

    Attributes:
        errors: Open ones of level error.
        warnings: Open ones of level warning.
        acknowledged: Accepted ones, with a reason.
        known: Those of a baseline.
    """

    errors: int
    warnings: int
    acknowledged: int
    known: int


def totals(findings: Iterable[Found]) -> Totals:
    """Count findings."""
    listed = list(findings)
    return Totals(
        errors=sum(found.is_open and found.level == "error" for found in listed),
        warnings=sum(found.is_open and found.level == "warning" for found in listed),
        acknowledged=sum(found.acknowledged is not None for found in listed),
        known=sum(found.known and found.acknowledged is None for found in listed),
    )


def sentence(judgement: Judgement) -> str:
    """One line about a deployment."""
    count = totals(judgement.findings)
    kept = len(judgement.evidence)
    parts = [
        f"{judgement.path}: {_many(judgement.resources, 'resource')}",
        f"{_many(len(judgement.counts), 'rule')}",
        f"{_many(count.errors, 'error')}",
        f"{_many(count.warnings, 'warning')}",
        f"{kept} in order",
    ]
    if count.acknowledged:
        parts.append(f"{count.acknowledged} acknowledged")
    if count.known:
        parts.append(f"{count.known} in the baseline")
    return ", ".join(parts)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
