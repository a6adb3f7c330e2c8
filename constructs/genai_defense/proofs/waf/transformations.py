"""WAF's text transformations: what is done to a part of the request before it is compared."""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from genai_defense.proofs.waf.errors import NotEvaluableError

_BASE64 = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_UNICODE_ESCAPE = re.compile(rb"%u([0-9a-fA-F]{4})")
_COMMENT = re.compile(rb"/\*.*?(?:\*/|$)", re.DOTALL)


def _base64(text: bytes) -> bytes:
    """Decode what is valid; anything else stays as it is."""
    return _base64_lenient(text) if _BASE64.fullmatch(text) else text


def _base64_lenient(text: bytes) -> bytes:
    plain = _NOT_BASE64.sub(b"", text)
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(plain + b"=" * (-len(plain) % 4))


def _hex(text: bytes) -> bytes:
    try:
        return binascii.unhexlify(text)
    except (binascii.Error, ValueError):
        return text


def _html(text: bytes) -> bytes:
    return html.unescape(text.decode(errors="surrogateescape")).encode(errors="surrogateescape")


def _url(text: bytes) -> bytes:
    return unquote_to_bytes(text.replace(b"+", b" "))


def _url_unicode(text: bytes) -> bytes:
    # As on IIS: a full-width character counts as its ASCII neighbour, others by their low byte.
    def character(match: re.Match[bytes]) -> bytes:
        code = int(match[1], 16)
        wide = 0xFF01 <= code <= 0xFF5E  # noqa: PLR2004 - the block of full-width forms
        return bytes([(code - 0xFEE0 if wide else code) & 0xFF])

    return _url(_UNICODE_ESCAPE.sub(character, text))


def _normalize_path(text: bytes) -> bytes:
    """Without repeated slashes, self-references, and references back that stay inside."""
    kept: list[bytes] = []
    for part in re.split(rb"/+", text):
        if part == b".." and kept and kept[-1] not in (b"..", b""):
            kept.pop()
        elif part != b".":
            kept.append(part)
    rooted = [part for part in kept if part != b".."] if text.startswith(b"/") else kept
    joined = b"/".join(rooted)
    return b"/" + joined.lstrip(b"/") if text.startswith(b"/") else joined


def _command_line(text: bytes) -> bytes:
    text = re.sub(rb"[\\\"'^]", b"", text)
    text = re.sub(rb"\s+(?=[/(])", b"", text)
    text = re.sub(rb"[,;]", b" ", text)
    return re.sub(rb"\s+", b" ", text).lower()


_TRANSFORMATIONS: Mapping[str, Callable[[bytes], bytes]] = {
    "NONE": lambda text: text,
    "BASE64_DECODE": _base64,
    "BASE64_DECODE_EXT": _base64_lenient,
    "CMD_LINE": _command_line,
    "COMPRESS_WHITE_SPACE": lambda text: re.sub(rb"[\s\xa0]+", b" ", text),
    "HEX_DECODE": _hex,
    "HTML_ENTITY_DECODE": _html,
    "LOWERCASE": bytes.lower,
    "MD5": lambda text: hashlib.md5(text, usedforsecurity=False).digest(),
    "NORMALIZE_PATH": _normalize_path,
    "NORMALIZE_PATH_WIN": lambda text: _normalize_path(text.replace(b"\\", b"/")),
    "REMOVE_NULLS": lambda text: text.replace(b"\0", b""),
    "REPLACE_COMMENTS": lambda text: _COMMENT.sub(b" ", text),
    "REPLACE_NULLS": lambda text: text.replace(b"\0", b" "),
    "UPPERCASE": bytes.upper,
    "URL_DECODE": _url,
    "URL_DECODE_UNI": _url_unicode,
}


def transformed(text: bytes, transformations: Sequence[Mapping[str, Any]]) -> bytes:
    """The text after all transformations, lowest priority first.

    Args:
        text: A part of the request.
        transformations: `TextTransformations` of a statement.

    Raises:
        NotEvaluableError: One of them is not known.
    """
    for each in sorted(transformations, key=lambda entry: int(entry["Priority"])):
        change = _TRANSFORMATIONS.get(each["Type"])
        if change is None:
            raise NotEvaluableError(
                f"The text transformation {each['Type']} is not known; known are "
                f"{', '.join(_TRANSFORMATIONS)}."
            )
        text = change(text)
    return text
