"""The two tables that the local run prints."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from genai_defense.local.fidelity import NOT_MODELLED, FidelityRow
from genai_defense.local.scenario import StepResult


def _table(title: str, *columns: str, terminal: bool) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD if terminal else box.ASCII2)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_results(console: Console, results: list[StepResult]) -> None:
    """Step, expected, got, verdict."""
    table = _table(
        "What was asked, and what came of it", "step", "expected", "got", "", terminal=console.is_terminal
    )
    for row in results:
        verdict = Text("pass", style="green") if row.passed else Text("FAIL", style="bold red")
        table.add_row(Text(row.name), Text(row.expected), Text(row.got), verdict)
    console.print(table)


def print_fidelity(console: Console, rows: list[FidelityRow]) -> None:
    """Resource types and what they are here, then what has no resource."""
    table = _table(
        "What the local run is, and is not",
        "resource type",
        "n",
        "here",
        "that is",
        terminal=console.is_terminal,
    )
    for row in rows:
        here = row.fidelity.value if row.fidelity else "unknown"
        table.add_row(Text(row.kind), str(row.count), Text(here), Text(row.meaning))
    console.print(table)
    for sentence in NOT_MODELLED:
        console.print(Text(f"- {sentence}"))
