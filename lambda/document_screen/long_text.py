"""Screens texts of any length with an engine that reads short ones: in pieces that overlap."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine import Engine, Reason

PIECE_CHARS: Final = 40_000
"""Characters of one piece."""
OVERLAP_CHARS: Final = 4_000
"""Characters of the end before it that are judged with it, so that nothing hides on a seam."""
_SEAM_CHARS: Final = 2_000


@dataclass(slots=True)
class Screened:
    """A long text after the engine.

    Args:
        text: What may be passed on; not complete when something blocked.
        blocks: Reasons to block, each with the ids of its findings.
        masked: How many places were masked, by type.
        seen: Ids of everything found.
    """

    text: str = ""
    blocks: dict[Reason, set[str]] = field(default_factory=dict["Reason", set[str]])
    masked: Counter[str] = field(default_factory=Counter[str])
    seen: set[str] = field(default_factory=set[str])


def screen_long(engine: Engine, text: str) -> Screened:
    """Judge all of a text.

    Args:
        engine: Ours.
        text: Of any length.

    Returns:
        The decisions on all pieces, joined.
    """
    result = Screened()
    for piece in pieces(text):
        cut = _seam(result.text, len(result.text) - OVERLAP_CHARS)
        screening = engine.screen(result.text[cut:] + piece, direction=Direction.DOCUMENT)
        ids = {finding.id for finding in screening.findings}
        result.seen |= ids
        result.masked.update(screening.redactions)
        if screening.reason is not None:
            result.blocks.setdefault(screening.reason, set()).update(ids)
            # The rest is judged as well, so that one look shows all there is.
            result.text += piece
        else:
            result.text = result.text[:cut] + screening.text
    return result


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that end where a paragraph, a line or a word does."""
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at <= PIECE_CHARS else _seam(text, at + PIECE_CHARS)
        yield text[at:end]
        at = end


def _seam(text: str, at: int) -> int:
    """A place to cut at or a little before ``at``."""
    if at <= 0:
        return 0
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, max(0, at - _SEAM_CHARS), at)
        if found > 0:
            return found + len(mark)
    return at
