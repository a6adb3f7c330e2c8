"""Putting replacements into a text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, order=True)
class Rewrite:
    """One replacement, in offsets of the text that it is made in.

    Args:
        start: First character that goes.
        end: One past the last character that goes.
        label: Redaction type.
        replacement: What comes instead.
    """

    start: int
    end: int
    label: str
    replacement: str


def disjoint(rewrites: Sequence[Rewrite]) -> list[Rewrite]:
    """Those that are made: where places overlap, the first and longest one covers them all."""
    kept: list[Rewrite] = []
    for rewrite in sorted(rewrites, key=lambda one: (one.start, -one.end, one.label)):
        if kept and rewrite.start < kept[-1].end:
            last = kept[-1]
            kept[-1] = Rewrite(last.start, max(last.end, rewrite.end), last.label, last.replacement)
        elif rewrite.start < rewrite.end:
            kept.append(rewrite)
    return kept


def rewrite(text: str, rewrites: Sequence[Rewrite]) -> tuple[str, Counter[str]]:
    """Make the replacements.

    Args:
        text: Any text.
        rewrites: Places in it; they may overlap.

    Returns:
        The new text, and how many replacements of each label were made.
    """
    parts: list[str] = []
    done = 0
    made = disjoint(rewrites)
    for one in made:
        parts += (text[done : one.start], one.replacement)
        done = one.end
    parts.append(text[done:])
    return "".join(parts), Counter(one.label for one in made)
