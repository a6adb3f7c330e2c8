"""The report that people read in a terminal."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

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

_WIDTH = 140


def write(report: Report) -> str:
    """Write tables by operator and by resource type, then what survived, and what does not count."""
    out = StringIO()
    console = Console(file=out, width=_WIDTH, highlight=False, color_system=None)
    for title, rows in (
        ("Operator", report.rows(by_operator)),
        ("Resource type", report.rows(by_resource_type)),
        ("Class", [*report.rows(by_class), report.total()]),
    ):
        console.print(_table(title, rows, report))
    for line in _lines(report):
        console.print(Text(line), soft_wrap=True)
    return out.getvalue()


def _table(title: str, rows: Iterable[Row], report: Report) -> Table:
    table = Table(title, box=None, pad_edge=False)
    for name in columns(report):
        table.add_column(Text(name), justify="right")
    for row in rows:
        table.add_row(Text(row.name), *map(Text, cells(row)))
    return table


def _lines(report: Report) -> Iterator[str]:
    yield from _listed("Survivors", report.survivors)
    yield from _listed(
        "Redundant (no request becomes possible), so not counted", report.having(Status.REDUNDANT)
    )
    yield from _listed("Equivalent, so not counted", report.having(Status.EQUIVALENT))
    yield from _listed("Invalid, so not counted", report.having(Status.INVALID))
    if report.unproven:
        yield report.unproven
    for name, why in report.missing.items():
        yield f"{name} was not asked: {why}"
    yield from report.broken
    yield from (f"{one.mutant} fits no mutant any more; take it out." for one in report.stale)
    yield heading(report)
    yield verdict(report)


def _listed(title: str, mutants: tuple[Judged, ...]) -> Iterator[str]:
    if mutants:
        yield f"{title}:"
    for one in mutants:
        yield f"  {one.outcome.mutant.id}"
        yield f"    {one.outcome.mutant.sentence}"
        if one.why:
            yield f"    {one.why}"
