"""All readings of one text, in a fixed order and with fixed bounds."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guardrail_engine.views import guesses
from guardrail_engine.views.encodings import decode_once
from guardrail_engine.views.folding import clean, folded
from guardrail_engine.views.hidden import hidden_channels
from guardrail_engine.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 4
"""Layers of encoding that are taken off; a text with more is refused, not read in part."""
MAX_VIEWS: Final = 64
"""Readings of one text."""
MAX_GROWTH: Final = 4
"""How many times as long as the text one reading may be; NFKC alone can make 18 characters of one."""
_MIN_CHARS: Final = 4096


@dataclass(frozen=True, slots=True)
class Views:
    """The readings of one text.

    Args:
        all: The original first, then from the plainest to the most far-fetched.
        exhausted: True when a bound was met, so that there is more in the text than was read.
    """

    all: tuple[View, ...]
    exhausted: bool


def build_views(text: str) -> Views:
    """Read ``text`` in every way the engine knows.

    Args:
        text: Any string, lone surrogates included.

    Returns:
        At most ``MAX_VIEWS`` views, each at most ``MAX_GROWTH`` times as long as the text.
    """
    original = View.original(text)
    limit = max(_MIN_CHARS, MAX_GROWTH * len(text))
    cleaned = clean(original)
    if cleaned is not None and len(cleaned.text) > limit:
        return Views((original,), exhausted=True)
    plain = [cleaned or original, *_hidden(text)]
    level = plain[:]
    for _ in range(MAX_DEPTH):
        level = [_tidy(decoded) for view in level if (decoded := decode_once(view)) is not None]
        plain.extend(level)
    views = [*([original] if cleaned else []), *plain, *(guess for view in plain for guess in _guess(view))]
    kept = tuple(view for view in views[:MAX_VIEWS] if len(view.text) <= limit)
    still_encoded = any(decode_once(view) is not None for view in level)
    return Views(kept, still_encoded or len(kept) < len(views))


def _hidden(text: str) -> Iterator[View]:
    for channel in hidden_channels(text):
        # Decoded characters do not stand one for one on their carriers: each answers for all of them.
        count = len(channel.text)
        first, last = min(channel.places), max(channel.places) + 1
        yield View(channel.name, channel.text, array("L", [first]) * count, array("L", [last]) * count)


def _tidy(view: View) -> View:
    """A decoded text may hide its letters again; its name stays the one of the encoding."""
    tidied = clean(view)
    return view if tidied is None else View(view.name, tidied.text, tidied.starts, tidied.ends, view.guess)


def _guess(view: View) -> Iterator[View]:
    latin = folded(view)
    if latin is not None:
        yield latin
    base = latin or view
    for guess in (guesses.leet, guesses.spaced, guesses.rot13):
        reading = guess(base)
        if reading is None:
            continue
        yield reading
        # An encoded text may be turned before or after: one more layer behind each turn.
        decoded = decode_once(reading)
        if decoded is not None:
            yield View(decoded.name, decoded.text, decoded.starts, decoded.ends, guess=True)
    yield base.reversed()
