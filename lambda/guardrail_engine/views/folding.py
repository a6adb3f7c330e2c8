"""The readings behind the glyphs: ``clean`` (compatibility forms, nothing invisible), ``folded`` (Latin)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from re import Match
from typing import Final

from guardrail_engine.views.confusables import CONFUSABLES
from guardrail_engine.views.invisible import CONTROL, INVISIBLE
from guardrail_engine.views.view import View, substitute

_CHANGING: Final = re.compile(rf"[^\x00-\x7f]|{CONTROL.pattern}")
_DASHES: Final = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


@lru_cache(maxsize=8192)
def _clean_char(char: str) -> str:
    if INVISIBLE.match(char) or CONTROL.match(char):
        return ""
    if char in _DASHES:
        return "-"
    return unicodedata.normalize("NFKC", char)


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.category(part).startswith("M")
    )
    return base.translate(CONFUSABLES)


def _clean(match: Match[str]) -> str | None:
    char = match.group()
    cleaned = _clean_char(char)
    return None if cleaned == char else cleaned


def _fold(match: Match[str]) -> str | None:
    char = match.group()
    folded = _fold_char(char)
    return None if folded == char else folded


def clean(view: View) -> View | None:
    """Compatibility forms unified character by character, invisible and control characters removed."""
    changed = substitute(view, _CHANGING, _clean)
    return View(view.child_name("clean"), *changed) if changed else None


def folded(view: View) -> View | None:
    """Marks dropped and look-alikes turned into Latin letters; a guess, since it garbles other scripts."""
    if view.text.isascii():
        return None
    changed = substitute(view, _CHANGING, _fold)
    return View(view.child_name("folded"), *changed, guess=True) if changed else None
