"""The real type against the name: what the first and the last bytes say, and that they say one thing only."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from document_text.refusals import Refusal, RefusedError
from document_text.results import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "pdf": Kind.PDF,
        "docx": Kind.DOCX,
        "html": Kind.HTML,
        "htm": Kind.HTML,
        "md": Kind.MARKDOWN,
        "markdown": Kind.MARKDOWN,
        "txt": Kind.TEXT,
        "csv": Kind.CSV,
    }
)
"""Endings of names, and what they promise."""
_MACRO_ENDINGS: Final = frozenset({"docm", "dotm", "xlsm", "xltm", "pptm", "xlam"})
_NAME: Final = re.compile(r"[^/\\\x00-\x1f\x7f]{1,200}\.([A-Za-z0-9]{1,10})")
# Readers of PDF look for the header in this many bytes; so do we, to know what they would take for one.
_PDF_WINDOW: Final = 1024
_PDF: Final = re.compile(rb"%PDF-[0-9]\.[0-9]")
_PDF_END: Final = re.compile(rb"%%EOF[\s\x00]*\Z")
_ZIP: Final = b"PK\x03\x04"
_ZIP_END: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
_BINARIES: Final = (
    *(
        _ZIP,
        _ZIP_END,
        _OLE,
        b"%PDF-",
        b"%!PS",
        b"{\\rtf",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
    ),
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"SQLite", b"RIFF"),
    *(b"GIF8", b"\x89PNG", b"\xff\xd8\xff"),
)
_HTML_START: Final = re.compile(
    r"(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ANY: Final = re.compile(
    r"\s*<(?:!doctype|!--|html|head|body|meta|title|main|article|section|header|div|p|h[1-6]|table|ul|ol|span)\b",
    re.IGNORECASE,
)


def kind_of_name(name: str) -> Kind:
    """What a file name promises.

    Raises:
        RefusedError: It is no plain name, or its ending is not among the types that are read.
    """
    match = _NAME.fullmatch(name)
    if match is None or name.startswith("."):
        raise RefusedError(Refusal.NAME_NOT_ALLOWED)
    ending = match.group(1).lower()
    if ending in _MACRO_ENDINGS:
        raise RefusedError(Refusal.MACROS)
    kind = ENDINGS.get(ending)
    if kind is None:
        raise RefusedError(Refusal.TYPE_NOT_SUPPORTED)
    return kind


def check_bytes(kind: Kind, data: bytes) -> None:
    """Whether the bytes are of this type and of no other.

    Raises:
        RefusedError: They are of another type, of two, or encrypted.
    """
    if not data.strip():
        raise RefusedError(Refusal.NO_TEXT)
    if data.startswith(_OLE):
        encrypted = _ENCRYPTED_OFFICE in data
        raise RefusedError(Refusal.ENCRYPTED if encrypted else Refusal.TYPE_MISMATCH)
    if kind is Kind.PDF:
        _check_pdf(data)
    elif kind is Kind.DOCX:
        _check_zip(data)
    else:
        _check_plain(data)


def _check_pdf(data: bytes) -> None:
    if _PDF.match(data) is None:
        raise RefusedError(Refusal.POLYGLOT if _PDF.search(data, 0, _PDF_WINDOW) else Refusal.TYPE_MISMATCH)
    if _ZIP_END in data[-66_000:] or _PDF_END.search(data[-_PDF_WINDOW:]) is None:
        # What follows the end belongs to another type, or the file is cut off.
        raise RefusedError(Refusal.POLYGLOT if b"%%EOF" in data else Refusal.DAMAGED)


def _check_zip(data: bytes) -> None:
    if not data.startswith(_ZIP):
        raise RefusedError(Refusal.POLYGLOT if _ZIP_END in data[-66_000:] else Refusal.TYPE_MISMATCH)
    if _PDF.search(data, 0, _PDF_WINDOW):
        raise RefusedError(Refusal.POLYGLOT)


def _check_plain(data: bytes) -> None:
    if data.startswith(_BINARIES):
        raise RefusedError(Refusal.TYPE_MISMATCH)
    if _PDF.search(data, 0, _PDF_WINDOW) or _ZIP_END in data:
        raise RefusedError(Refusal.POLYGLOT)


def check_text(kind: Kind, text: str) -> None:
    """Whether decoded text is of this type.

    Raises:
        RefusedError: A page is named as something else, or something else as a page.
    """
    start = text[:4096]
    if kind is Kind.HTML:
        if _HTML_ANY.match(start) is None and _HTML_START.match(start) is None:
            raise RefusedError(Refusal.TYPE_MISMATCH)
    elif _HTML_START.match(start) is not None:
        raise RefusedError(Refusal.TYPE_MISMATCH)
