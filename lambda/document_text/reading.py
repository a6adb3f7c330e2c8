"""Reads one document of any type. Time and memory are bounded by the process that this runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from document_text.csv_table import read_csv
from document_text.encoding import decoded
from document_text.html_page import read_html
from document_text.plain import read_markdown, read_text
from document_text.refusals import Refusal, RefusedError
from document_text.results import Extracted, Kind
from document_text.types import check_bytes, check_text, kind_of_name

if TYPE_CHECKING:
    from document_text.limits import Limits

_PLAIN = {Kind.HTML: read_html, Kind.MARKDOWN: read_markdown, Kind.TEXT: read_text, Kind.CSV: read_csv}


def read(name: str, data: bytes, limits: Limits) -> Extracted:
    """Read one document.

    Args:
        name: Its file name.
        data: Its content.
        limits: What it may cost.

    Raises:
        RefusedError: It is not read.
    """
    if len(data) > limits.document_bytes:
        raise RefusedError(Refusal.TOO_LARGE)
    kind = kind_of_name(name)
    check_bytes(kind, data)
    # Each reader of a binary format is imported where it is needed: the others do not wait for it.
    if kind is Kind.PDF:
        from document_text.pdf import read_pdf  # noqa: PLC0415 - see above

        return read_pdf(data, limits)
    if kind is Kind.DOCX:
        from document_text.word import read_word  # noqa: PLC0415 - see above

        return read_word(data, limits)
    text = decoded(data)
    check_text(kind, text)
    return _PLAIN[kind](text, limits)
