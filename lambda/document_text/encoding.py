"""Bytes to characters without guessing: UTF-8, UTF-16 with its mark, and Windows-1252 where it is plain."""

from __future__ import annotations

import codecs
from typing import Final

from document_text.refusals import Refusal, RefusedError

_MAX_FOREIGN_SHARE: Final = 0.2
_CONTROLS: Final = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D})


def decoded(data: bytes) -> str:
    """The text of a plain file.

    Raises:
        RefusedError: It is binary, or its encoding cannot be told.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if data.translate(None, _CONTROLS) != data:
        raise RefusedError(Refusal.ENCODING_UNKNOWN)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # What Excel and old editors write in Western Europe. Other code pages would come out as nonsense.
        foreign = sum(byte >= 0x80 for byte in data)  # noqa: PLR2004 - the first byte beyond ASCII
        if foreign > _MAX_FOREIGN_SHARE * len(data):
            raise RefusedError(Refusal.ENCODING_UNKNOWN) from None
        return _strict(data, "cp1252")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise RefusedError(Refusal.ENCODING_UNKNOWN) from None
