"""Characters that show nothing, where enough of them stand out of place to carry a text.

The engine decodes the channels that it knows (tags, selectors, zero-width bits). Here nothing is decoded:
blanks, fillers and private characters are counted where no writing puts them. A few are an accident, many are
a channel.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST: Final = 16
"""Characters out of place that are a channel: two letters, if each stands for a bit."""
LEAST_PRIVATE: Final = 8
"""Private characters in a row with others: each may stand for a letter."""
_THIN: Final = "\u2000-\u200a\u205f\u3000"
_IDEOGRAPHIC: Final = "\u3000"
_MOST_ALIGNED: Final = 4
_NARROW: Final = "\u202f"
_BLANK: Final = (
    f" \u00a0\t{_THIN}{_NARROW}\u2800\u3164\uffa0\u115f\u1160\u034f\u17b4\u17b5\u180b-\u180f\u00ad"
)
_RUN: Final = re.compile(f"[{_BLANK}]{{3,}}")
_ORDINARY: Final = frozenset(" \u00a0\t")
_FILLERS: Final = re.compile("[\u2800\u3164\uffa0\u115f\u1160\u034f\u17b4\u17b5\u180b-\u180f]")
_BETWEEN_LETTERS: Final = re.compile(f"(?<=[^\\W\\d_])[{_THIN}{_NARROW}](?=[^\\W\\d_])")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]{3,}")
# A blank cell within Braille, fillers of old Korean syllables, signs of Mongolian and of Khmer.
_RIGHTFUL: Final = re.compile(
    "(?<=[\u2801-\u28ff])\u2800{1,4}|\u2800{1,4}(?=[\u2801-\u28ff])"
    "|\u115f(?=[\u1161-\u11a7])|(?<=[\u1100-\u115e\ua960-\ua97c])\u1160"
    "|(?<=[\u1820-\u18aa])[\u180b-\u180f]|(?<=[\u1780-\u17b3])[\u17b4\u17b5]"
)


def channels(text: str) -> tuple[str, ...]:
    """Which kinds of unseen characters stand in a text in such numbers that they may carry another one.

    Args:
        text: What would be published.

    Returns:
        Of ``blanks``, ``fillers`` and ``private use``, what was found.
    """
    if text.isascii():
        return ()
    counts = {"blanks": _blanks(text), "fillers": sum(1 for _ in _fillers(text))}
    found = [name for name, count in counts.items() if count >= LEAST]
    if sum(len(run) for run in _PRIVATE.findall(text) if len(set(run)) > 1) >= LEAST_PRIVATE:
        found.append("private use")
    return tuple(found)


def _blanks(text: str) -> int:
    """Blanks in runs of several kinds, and thin spaces of several kinds where letters meet."""
    gaps = "".join(_BETWEEN_LETTERS.findall(text))
    # Bits change from gap to gap, the habits of an editor from passage to passage.
    alternating = len(gaps) if 4 * _changes(gaps) > len(gaps) else 0
    return sum(map(_mixed, _RUN.findall(text))) + alternating


def _mixed(run: str) -> int:
    kinds = set(run)
    special = kinds - _ORDINARY
    if not special or len(kinds) == 1:
        return 0
    if special == {_IDEOGRAPHIC}:
        # Chinese and Japanese forms are aligned with wide and narrow spaces, and seldom change within a run.
        return changes if (changes := _changes(run)) >= _MOST_ALIGNED else 0
    return len(run)


def _changes(chars: str) -> int:
    return sum(before != after for before, after in pairwise(chars))


def _fillers(text: str) -> Iterator[str]:
    rightful = {place for match in _RIGHTFUL.finditer(text) for place in range(*match.span())}
    for match in _FILLERS.finditer(text):
        place = match.start()
        if place in rightful:
            continue
        around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        # The grapheme joiner parts marks from each other: between letters without marks it says nothing.
        if match.group() == "\u034f" and any(unicodedata.combining(char) for char in around):
            continue
        yield match.group()
