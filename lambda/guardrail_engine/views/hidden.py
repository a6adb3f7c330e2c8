"""Text that is written in characters nobody sees: tags, variation selectors, zero-width bits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guardrail_engine.views.invisible import FLAGS, stray_positions
from guardrail_engine.views.printable import readable_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TAGS: Final = re.compile("[\U000e0020-\U000e007e]+")
_FLAG: Final = re.compile("|".join(FLAGS))
# Without FE0E and FE0F: they are common strays, and the bytes 14 and 15 are no text.
_SELECTORS: Final = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")
_BITS: Final = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u202a-\u202e]")
_SUPPLEMENT: Final = 0xE0100
_MIN_CHARS: Final = 2
_MAX_SYMBOLS: Final = 2


@dataclass(frozen=True, slots=True)
class Channel:
    """A hidden text and where its carriers stand in the original.

    Args:
        name: ``tags``, ``variation-selectors`` or ``zero-width``.
        text: What it says.
        places: Offset of each carrier, ascending.
    """

    name: str
    text: str
    places: Sequence[int]


def hidden_channels(text: str) -> Iterator[Channel]:
    """Decode every hidden channel of ``text`` that says something readable."""
    if text.isascii():
        return
    flags = [match.span() for match in _FLAG.finditer(text)]
    places = [
        place for match in _TAGS.finditer(text) for place in range(*match.span()) if not _inside(flags, place)
    ]
    if len(places) >= _MIN_CHARS:
        yield Channel("tags", "".join(chr(ord(text[place]) - 0xE0000) for place in places), places)
    stray = stray_positions(text)
    yield from _selectors(text, stray)
    yield from _bits(text, stray)


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= place:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] <= place


def _selectors(text: str, stray: Sequence[int]) -> Iterator[Channel]:
    """Variation selectors 1 to 256 stand for the bytes 0 to 255."""
    places = [place for place in stray if _SELECTORS.match(text[place])]
    codes = [ord(text[place]) for place in places]
    decoded = readable_bytes(
        bytes(code - 0xFE00 if code < _SUPPLEMENT else code - _SUPPLEMENT + 16 for code in codes)
    )
    if decoded is not None and len(decoded) >= _MIN_CHARS:
        yield Channel("variation-selectors", decoded, places)


def _bits(text: str, stray: Sequence[int]) -> Iterator[Channel]:
    """Two zero-width characters stand for 0 and 1, in groups of 8 or 7; a third one may part the groups."""
    places = [place for place in stray if _BITS.match(text[place])]
    carriers = "".join(text[place] for place in places)
    symbols = sorted(set(carriers))
    pairs = [(a, b) for a in symbols for b in symbols if a != b] if len(symbols) <= _MAX_SYMBOLS + 1 else []
    for zero, one in pairs:
        bits = "".join("0" if char == zero else "1" for char in carriers if char in (zero, one))
        for width in (8, 7):
            if len(bits) < _MIN_CHARS * width or len(bits) % width:
                continue
            decoded = readable_bytes(
                bytes(int(bits[at : at + width], 2) for at in range(0, len(bits), width))
            )
            if decoded is not None:
                yield Channel("zero-width", decoded, places)
                return
