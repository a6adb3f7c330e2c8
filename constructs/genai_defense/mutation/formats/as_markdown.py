"""The report that a pull request, or docs/proof.md, shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genai_defense.checks.formats.as_markdown import cell
from genai_defense.mutation.formats.lines import cells, columns, heading, verdict
from genai_defense.mutation.report import (
    Judged,
    Report,
    Row,
    Status,
    by_class,
    by_operator,
    by_resource_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write(report: Report) -> str:
    """Write tables by class, operator and resource type, then what survived, and what does not count."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"{cell(heading(report))} {cell(verdict(report))}\n"
    yield from _table("Class", [*report.rows(by_class), report.total()], report)
    yield from _table("Operator", report.rows(by_operator), report)
    yield from _table("Resource type", report.rows(by_resource_type), report)
    yield from _listed("Survivors", report.survivors)
    yield from _listed(
        "Redundant (no request becomes possible), so not counted", report.having(Status.REDUNDANT)
    )
    yield from _listed("Equivalent, so not counted", report.having(Status.EQUIVALENT))
    yield from _listed("Invalid, so not counted", report.having(Status.INVALID))
    if report.unproven:
        yield f"{cell(report.unproven)}\n"
    for name, why in report.missing.items():
        yield f"{name} was not asked: {cell(why)}\n"
    for line in report.broken:
        yield f"{cell(line)}\n"
    for entry in report.stale:
        yield f"`{cell(entry.mutant)}` fits no mutant any more; take it out.\n"


def _table(title: str, rows: Iterable[Row], report: Report) -> Iterator[str]:
    names = columns(report)
    yield f"| {title} | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for row in rows:
        yield f"| {cell(row.name)} | {' | '.join(cells(row))} |"
    yield ""


def _listed(title: str, mutants: tuple[Judged, ...]) -> Iterator[str]:
    if not mutants:
        return
    yield f"{title}:\n\n| Mutant | What is weaker | Why |\n| --- | --- | --- |"
    for one in mutants:
        mutant = one.outcome.mutant
        yield f"| `{cell(mutant.id)}` | {cell(mutant.sentence)} | {cell(one.why)} |"
    yield ""
