"""Shapes that are painted over a page: what they cover, and what several of them cover together."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from document_text.pdf_matrix import Box

Point = tuple[float, float]
Outline = tuple[Point, ...]
_ACROSS: Final = 9
_UP: Final = (0.3, 0.5, 0.7)


def outline_of(box: Box) -> Outline:
    """The corners of a box."""
    left, bottom, right, top = box
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def thick(outline: Outline, width: float) -> list[Outline]:
    """What a pen of this width paints along an outline."""
    found: list[Outline] = []
    for (x, y), (to_x, to_y) in pairwise(outline):
        length = math.hypot(to_x - x, to_y - y)
        if not length:
            continue
        dx, dy = (to_y - y) / length * width / 2, (x - to_x) / length * width / 2
        found.append(((x + dx, y + dy), (to_x + dx, to_y + dy), (to_x - dx, to_y - dy), (x - dx, y - dy)))
    return found


def inside(outlines: Iterable[Outline], x: float, y: float, *, even_odd: bool) -> bool:
    """Whether a point lies in a shape of several outlines."""
    turns = crossings = 0
    for outline in outlines:
        for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
            if (y1 <= y) == (y2 <= y) or x1 + (y - y1) / (y2 - y1) * (x2 - x1) <= x:
                continue
            crossings += 1
            turns += 1 if y2 > y1 else -1
    return crossings % 2 == 1 if even_odd else turns != 0


def points_in(box: Box) -> Sequence[Point]:
    """Points of a text that are asked for: along its middle, a little above and a little below."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    return [
        (left + wide * (at + 0.5) / _ACROSS, bottom + high * share) for at in range(_ACROSS) for share in _UP
    ]
