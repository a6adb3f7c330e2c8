"""Places on a page: matrices and boxes, as PDF counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Final[Box] = (-1e9, -1e9, 1e9, 1e9)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def matrix(numbers: Sequence[float]) -> Matrix:
    """A matrix of six numbers; a shorter list is none and changes nothing."""
    if len(numbers) < 6:  # noqa: PLR2004 - a matrix has six
        return IDENTITY
    a, b, c, d, e, f = numbers[:6]
    return (a, b, c, d, e, f)


def at(place: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = place
    return (a * x + c * y + e, b * x + d * y + f)


def box_of(points: Iterable[tuple[float, float]]) -> Box:
    """The smallest box around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def placed(box: Box, place: Matrix) -> Box:
    """The box around a box that was moved."""
    left, bottom, right, top = box
    return box_of(at(place, x, y) for x, y in ((left, bottom), (right, bottom), (left, top), (right, top)))


def common(one: Box, other: Box) -> Box:
    """What two boxes share; its right is left of its left when they share nothing."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def apart(one: Box, other: Box, slack: float = 1.0) -> bool:
    """Whether boxes share nothing, with some room for rounding."""
    left, bottom, right, top = common(one, other)
    return right < left - slack or top < bottom - slack


def covers(over: Box, under: Box, slack: float = 1.0) -> bool:
    """Whether one box lies over all of another."""
    return (
        over[0] <= under[0] + slack
        and over[1] <= under[1] + slack
        and over[2] >= under[2] - slack
        and over[3] >= under[3] - slack
    )
