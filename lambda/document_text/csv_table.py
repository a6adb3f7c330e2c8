"""Comma-separated values: every row as a line, no cell a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from document_text.collector import Collector
from document_text.refusals import Refusal, RefusedError
from document_text.results import Extracted, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits

# What a spreadsheet program would calculate. Numbers with a sign, phone numbers, handles and rulers are data.
_FORMULA: Final = re.compile(
    r"[\s\"']*(?:=\s*[A-Za-z0-9(\"'+\-@$]|[+\-@]\s*[^,;\t\n]{0,200}?[A-Za-z_.][(|!]|[+\-]\s*(?:[A-Z]{1,3}\$?[0-9]+\s*[-+*/:]))"
)
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 8192


def read_csv(text: str, limits: Limits) -> Extracted:
    """Read a table.

    Raises:
        RefusedError: A cell is a formula, or the table is damaged or too long.
    """
    collector = Collector(limits)
    csv.field_size_limit(limits.text_chars)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in rows:
            if any(_FORMULA.match(cell) for cell in row):
                raise RefusedError(Refusal.FORMULA)
            collector.show(" | ".join(" ".join(cell.split()) for cell in row) + "\n")
    except csv.Error as error:
        raise RefusedError(Refusal.DAMAGED) from error
    return collector.finish(Kind.CSV)


def _delimiter(text: str) -> str:
    first = text[:_SAMPLE].split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
