"""Up to where the text so far cannot be part of anything that later text completes.

What the engine looks for is one of three things:

1. It holds few letters in ordinary words: a marker with gaps, a card number, the head of a private key.
   Addresses, tokens and whatever is encoded, over several lines too, hold none. So nothing of the last
   ``WINDOW`` letters in ordinary words is released, nor of what stands between and behind them.
2. It is markup, which opens and closes: nothing behind an open bracket, tag or link target is released.
3. It is a connection string, which may get its password later in its line: nothing of it is released.

The cut then moves back to the end of a sentence or line, so that people read whole sentences. An answer
without ordinary words (a table of numbers, code) is held until it is complete.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WINDOW: Final = 128
"""Letters. The longest match is a marker of 23 characters with 4 between each two: 111 characters."""
_LONG_SENTENCE: Final = 400
"""Characters without the end of a sentence after which a cut between two words is good enough."""
_LEAST_LETTERS: Final = 3
_MOST_LETTERS: Final = 15
"""Base64 is read from 16 characters on."""

# Blanks are these alone: other ones are read as nothing or as blanks by turns, so they make a word odd.
_WORD: Final = re.compile(r"[^ \t\r\n]+")
_BLANK: Final = re.compile(r"[ \t\r\n]+")
_EDGES: Final = "\"'“”‘’«»()*_.,;:!?…、。！？，；：「」『』（）"  # noqa: RUF001 - punctuation of many scripts
_INNER: Final = re.compile(r"(?<=\w)['’-](?=\w)")  # noqa: RUF001 - a typographic apostrophe
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_SENTENCE: Final = re.compile(r"[.!?…:;][\"'“”’»)*_]{0,4}[ \t\r\n]+|[。！？]|\n")  # noqa: RUF001 - of many scripts
_BRACKET: Final = re.compile(r"\\.|[\[\]]", re.DOTALL)
# "x < 5" is no tag.
_OPEN_TAG: Final = re.compile(r"<(?! ?[0-9=])[^<>]*$")
_CONNECTION: Final = re.compile(r"(?i:server|data source|host)\s{0,2}=[^\n]*$")
# With quotes, escapes or parentheses inside, a target is taken for open a little longer.
_CLOSED_TARGET: Final = re.compile(r"\([^()<\"'\\\n]{0,2048}\)(?=.)", re.DOTALL)
_LONGEST_TARGET: Final = 8192


def safe_cut(text: str) -> int:
    """Where the text may be cut.

    Args:
        text: The answer so far, as the model wrote it.

    Returns:
        Characters from the start that no later text can change in any reading of the engine, up to the end of
        a sentence; 0 when there are none.
    """
    limit = _window(text)
    return _boundary(text, min(limit, _markup(text))) if limit else 0


def _window(text: str) -> int:
    """Where the last ``WINDOW`` letters in ordinary words begin; 0 when there are fewer."""
    letters = 0
    for word in reversed(list(_WORD.finditer(text))):
        # The last word may still grow into something else.
        if word.end() < len(text):
            letters += ordinary_letters(word.group())
        if letters >= WINDOW:
            return word.start()
    return 0


def ordinary_letters(word: str) -> int:
    """How many letters an ordinary word has; 0 for one that may be a piece of something else."""
    bare = _INNER.sub("", word.strip(_EDGES))
    if unicodedata.normalize("NFKC", bare) != bare or _HEX.fullmatch(bare):
        return 0
    kinds = [unicodedata.category(char)[0] for char in bare]
    letters = kinds.count("L")
    if letters < _LEAST_LETTERS or letters + kinds.count("M") < len(bare):
        return 0
    # Scripts without blanks between words have long ones; nothing encoded is written in them.
    plain = any(char.isascii() for char in bare)
    return 0 if plain and letters > _MOST_LETTERS else letters


def _markup(text: str) -> int:
    """Where the first markup begins that later text may complete."""
    starts = [len(text)]
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            opened.append(bracket.start())
        elif bracket.group() == "]" and opened:
            start = opened.pop()
            if _target_is_open(text, bracket.end()):
                starts.append(start)
    starts += opened
    starts += [found.start() for pattern in (_OPEN_TAG, _CONNECTION) if (found := pattern.search(text))]
    first = min(starts)
    # An image begins one character before its bracket.
    return first - 1 if first > 0 and text[first - 1] == "!" else first


def _target_is_open(text: str, end: int) -> bool:
    """Whether what stands behind a closed bracket may still become the target of a link."""
    if end == len(text):
        return True
    if text[end] != "(" or len(text) - end > _LONGEST_TARGET:
        return False
    return _CLOSED_TARGET.match(text, end) is None


def _boundary(text: str, limit: int) -> int:
    """The last end of a sentence or line up to the limit; in a very long sentence, the last blank."""
    cut = 0
    for found in _SENTENCE.finditer(text, 0, limit):
        cut = found.end()
    if limit - cut > _LONG_SENTENCE:
        for found in _BLANK.finditer(text, cut, limit):
            cut = found.end()
    return cut
