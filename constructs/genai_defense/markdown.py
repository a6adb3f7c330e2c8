"""Markdown for the generated pages of docs/."""

from collections.abc import Iterable


def codes(names: Iterable[str]) -> str:
    """Names as code, in one line."""
    return ", ".join(f"`{name}`" for name in names)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table.

    Args:
        columns: Heads of the columns.
        rows: A cell for each column; a bar in it is escaped.
    """
    header = list(columns)
    lines = [header, ["---"] * len(header), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
