"""Readings that only somebody who hides something needs: rot13, reversed, leet, spaced letters."""

from __future__ import annotations

import codecs
import re
from re import Match
from typing import Final

from guardrail_engine.views.view import View, substitute

_ROT13: Final = {code: codecs.encode(chr(code), "rot13") for code in range(ord("A"), ord("z") + 1)}
_LEET: Final = str.maketrans("013457@$!|", "oieastasil")
# A word that mixes letters with digits or signs that stand for letters.
_LEET_WORD: Final = re.compile(r"(?<![A-Za-z0-9@$!|])[A-Za-z0-9@$!|]{3,40}(?![A-Za-z0-9@$!|])")
_LETTER: Final = re.compile(r"[A-Za-z]{2}")
_SIGN: Final = re.compile(r"[013457@$!|]")
_SPACED: Final = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[ \t.·_*|/\\+~\-]{1,3}[^\W\d_](?![^\W_])){4,}", re.UNICODE
)
_GAP: Final = re.compile(r"[ \t.·_*|/\\+~\-]+")


def rot13(view: View) -> View | None:
    """The Latin letters thirteen places on."""
    return view.with_text("rot13", view.text.translate(_ROT13))


def _unleet(match: Match[str]) -> str | None:
    word = match.group()
    return word.translate(_LEET) if _SIGN.search(word) and _LETTER.search(word) else None


def leet(view: View) -> View | None:
    """Digits and signs inside words read as the letters that they look like."""
    changed = substitute(view, _LEET_WORD, _unleet)
    return View(view.child_name("leet"), *changed, guess=True) if changed else None


def _join(match: Match[str]) -> str:
    run = match.group()
    gaps = _GAP.findall(run)
    # With two sizes of gap, the wider one parts the words.
    widest, narrowest = max(map(len, gaps)), min(map(len, gaps))
    return _GAP.sub(lambda gap: " " if len(gap.group()) == widest > narrowest else "", run)


def spaced(view: View) -> View | None:
    """Runs of single letters (``i g n o r e``, ``i.g.n.o.r.e``) joined to words."""
    changed = substitute(view, _SPACED, _join)
    return View(view.child_name("spaced"), *changed, guess=True, squeezed=True) if changed else None
