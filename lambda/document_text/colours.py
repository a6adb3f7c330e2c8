"""Colours, and whether one can be told from another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

WHITE: Final[Colour] = (1.0, 1.0, 1.0)
BLACK: Final[Colour] = (0.0, 0.0, 0.0)
LEAST_CONTRAST: Final = 1.2
"""Contrast below which text cannot be read: 1 is none, 21 black on white, 4.5 what accessibility asks for."""
# Pure yellow is about as light as white, and not white.
_LEAST_DIFFERENCE: Final = 0.25
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{3,8})")


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, contrast ratio and relative luminance (read 2026-11-24).
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def alike(one: Colour, other: Colour) -> bool:
    """Whether text of one colour on the other cannot be read."""
    difference = max(abs(a - b) for a, b in zip(one, other, strict=True))
    return contrast(one, other) < LEAST_CONTRAST and difference < _LEAST_DIFFERENCE


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula's own figures
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def from_hex(text: str) -> Colour | None:
    """A colour such as ``FFFFFF`` or ``#fff``; None for ``auto`` and the like."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        return None
    digits = match.group(1)
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) < 6:  # noqa: PLR2004 - three pairs
        return None
    return (int(digits[0:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255)


def from_numbers(numbers: Sequence[float]) -> Colour | None:
    """A colour of one (grey), three (RGB) or four (CMYK) parts; None of another number."""
    parts = [min(max(number, 0.0), 1.0) for number in numbers]
    match parts:
        case [grey]:
            return (grey, grey, grey)
        case [red, green, blue]:
            return (red, green, blue)
        case [cyan, magenta, yellow, key]:
            return ((1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key))
        case _:
            return None
