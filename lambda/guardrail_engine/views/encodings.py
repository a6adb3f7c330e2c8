"""Encoded stretches of a text, decoded where they stand so that the words around them still count."""

from __future__ import annotations

import base64
import binascii
import html
import re
from re import Match, Pattern
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from guardrail_engine.views.printable import printable_bytes
from guardrail_engine.views.view import View, substitute

if TYPE_CHECKING:
    from collections.abc import Callable

# 12 bytes: shorter stretches decode to something readable by chance.
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
# Wrapped at some column: the last line may be short. The look-behind keeps a long line from being tried anew
# at each of its characters.
_BASE64_LINES: Final = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:\s{1,2}[A-Za-z0-9+/_-]{16,})*\s{1,2}[A-Za-z0-9+/_-]{2,}={0,2}"
)
_HEX: Final = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ :,]?){7,}[0-9a-fA-F]{2}(?![0-9a-fA-F])")
_ESCAPES: Final = re.compile(r"(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}){1,}")
_ESCAPE: Final = re.compile(r"\\[xu]\{?([0-9a-fA-F]{1,6})\}?")
_URL: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_LAST_CODE_POINT: Final = 0x10FFFF


def _one_base64(token: str) -> str | None:
    token = token.rstrip("=").replace("-", "+").replace("_", "/")
    for body in (token, token.lstrip("/+")):
        # A length of 1 mod 4 cannot be base64; the last character is a stranger.
        whole = body[:-1] if len(body) % 4 == 1 else body
        try:
            decoded = base64.b64decode(whole + "=" * (-len(whole) % 4), validate=True)
        except (binascii.Error, ValueError):
            continue
        text = printable_bytes(decoded)
        if text is not None:
            return text
    return None


def _base64(match: Match[str]) -> str | None:
    return _one_base64(re.sub(r"\s", "", match.group()))


def _hex(match: Match[str]) -> str | None:
    return printable_bytes(bytes.fromhex(re.sub("[ :,]", "", match.group())))


def _escapes(match: Match[str]) -> str | None:
    codes = [int(code, 16) for code in _ESCAPE.findall(match.group())]
    if any(code > _LAST_CODE_POINT for code in codes):
        return None
    # Two escaped surrogates are one character.
    text = "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return printable_bytes(text.encode("utf-8"))


def _url(match: Match[str]) -> str | None:
    try:
        return unquote_to_bytes(match.group()).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _entity(match: Match[str]) -> str | None:
    text = html.unescape(match.group())
    return None if text == match.group() else text


# Order matters: hex digits are base64 digits too, and an escape may hide either.
_DECODERS: Final[tuple[tuple[str, Pattern[str], Callable[[Match[str]], str | None]], ...]] = (
    ("html", _ENTITY, _entity),
    ("url", _URL, _url),
    ("escapes", _ESCAPES, _escapes),
    ("hex", _HEX, _hex),
    ("base64", _BASE64_LINES, _base64),
    ("base64", _BASE64, _base64),
)


def decode_once(view: View) -> View | None:
    """One layer of encoding off: every encoded stretch replaced by what it says; None when there is none."""
    text, starts, ends = view.text, view.starts, view.ends
    steps: list[str] = []
    for name, pattern, decode in _DECODERS:
        if name in steps:
            # Wrapped base64 was read; what is left of the kind may be its contents: the next layer.
            continue
        current = View(view.name, text, starts, ends)
        changed = substitute(current, pattern, decode)
        if changed is not None:
            text, starts, ends = changed
            steps.append(name)
    if not steps:
        return None
    return View(view.child_name("+".join(steps)), text, starts, ends, view.guess)
