"""Whether bytes are a text: what every decoder asks before it believes its result."""

from __future__ import annotations

import re
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]")
_WORDLIKE: Final = re.compile(r"[\w\s]")
_MIN_WORDLIKE_SHARE: Final = 0.6


def printable_bytes(data: bytes) -> str | None:
    """The UTF-8 text in ``data``, or None when it has bytes or characters that nobody writes.

    That is enough where a wrong guess costs nothing but one more view.
    """
    if not data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _UNPRINTABLE.search(text.replace("\r\n", "\n")) else text


def readable_bytes(data: bytes) -> str | None:
    """The same, but mostly letters, digits and blanks: enough to call it a message and refuse it."""
    text = printable_bytes(data)
    if text is None or len(_WORDLIKE.findall(text)) < _MIN_WORDLIKE_SHARE * len(text):
        return None
    return text
