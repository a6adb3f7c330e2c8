"""PDF documents: structure first, then page by page the text and what of it cannot be seen."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from document_text.collector import Collector
from document_text.pdf_look import hidden_on
from document_text.pdf_structure import asides_of, check_structure
from document_text.refusals import Refusal, RefusedError
from document_text.results import Extracted, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits

_UNREADABLE: Final = {0: None, 0xFFFE: None, 0xFFFF: None, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

# Ligatures and the forms of Arabic letters: glyphs of print, which no search finds.
_PRINTED: Final = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]")


def read_pdf(data: bytes, limits: Limits) -> Extracted:
    """Read a PDF.

    Raises:
        RefusedError: It is active, encrypted or damaged, or larger than allowed.
    """
    # pypdf reports every oddity; a stranger's file must not fill our log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(data, limits)
    except LimitReachedError as error:
        raise RefusedError(Refusal.UNPACKS_TOO_FAR) from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        ZeroDivisionError,
        OverflowError,
    ) as error:
        raise RefusedError(Refusal.DAMAGED) from error


def _read(data: bytes, limits: Limits) -> Extracted:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise RefusedError(Refusal.ENCRYPTED)
    check_structure(reader, limits)
    count = len(reader.pages)
    if count > limits.pages:
        raise RefusedError(Refusal.TOO_MANY_PAGES)
    collector = Collector(limits)
    for where, text in asides_of(reader):
        collector.aside(where, _clean(text))
    metadata: Any = reader.metadata
    collector.title = _clean(str(metadata.title or "")) if metadata else ""
    for page in reader.pages:
        _read_page(page, collector, limits)
    return collector.finish(Kind.PDF, count)


def _read_page(page: Any, collector: Collector, limits: Limits) -> None:
    if max(abs(float(side)) for side in page.mediabox) > limits.page_points:
        raise RefusedError(Refusal.PAGE_TOO_LARGE)
    for way, chars in hidden_on(page, limits).items():
        collector.hide_within(way, chars)
    collector.show(_clean(page.extract_text()) + "\n\n")


def _clean(text: str) -> str:
    """Without what a broken table makes of a glyph, and with letters in place of their printed forms."""
    return _PRINTED.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text.translate(_UNREADABLE))
