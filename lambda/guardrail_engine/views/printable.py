"""Whether bytes are a text: the one question that every decoder asks before it believes its result."""

from __future__ import annotations

import re
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff]")
_WORDLIKE: Final = re.compile(r"[\w\s]")
_MIN_WORDLIKE_SHARE: Final = 0.6


def readable_bytes(data: bytes) -> str | None:
    """The UTF-8 text in ``data``, or None when it is not one that a person could have written."""
    if not data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _UNPRINTABLE.search(text.replace("\r\n", "\n")):
        return None
    return text if len(_WORDLIKE.findall(text)) >= _MIN_WORDLIKE_SHARE * len(text) else None
