"""Colours of CSS, in all ways that they are written."""

from __future__ import annotations

from typing import Any, Final

from tinycss2 import color5

from document_text.colours import Colour

Tinted = tuple[Colour, float]
"""A colour, and how much of it is seen, from 0 to 1."""

_SYSTEM: Final = {
    **dict.fromkeys(
        [
            "canvastext",
            "windowtext",
            "buttontext",
            "fieldtext",
            "text",
            "marktext",
            "captiontext",
            "menutext",
        ],
        0.0,
    ),
    **dict.fromkeys(["canvas", "window", "field", "highlighttext", "background"], 1.0),
    **dict.fromkeys(["graytext", "buttonface", "threedface"], 0.6),
}
_LINKS: Final = {
    "linktext": (0.0, 0.0, 0.93),
    "-webkit-link": (0.0, 0.0, 0.93),
    "visitedtext": (0.33, 0.1, 0.55),
}
_FROM_XYZ: Final = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
_LINEAR: Final = 0.0031308


def tinted(token: Any, *, dark: bool = False) -> Tinted | None:
    """A colour; None when the token is none, or one that cannot be worked out.

    Args:
        token: Of tinycss2.
        dark: Whether the system's own colours are those of the dark.
    """
    if token.type == "ident":
        name = token.lower_value
        if name in _SYSTEM:
            grey = 1 - _SYSTEM[name] if dark else _SYSTEM[name]
            return (grey, grey, grey), 1.0
        if name in _LINKS:
            return _LINKS[name], 1.0
    if token.type == "function" and token.lower_name == "color-mix":
        return _mixed(token)
    try:
        found: Any = color5.parse_color(token)
    except (ValueError, TypeError, AttributeError, AssertionError, IndexError):
        return None
    if found is None or isinstance(found, str):
        return None
    return _as_rgb(found)


def over(top: Tinted, below: Colour) -> Colour:
    """What is seen of a colour over another."""
    (red, green, blue), share = top
    return (
        red * share + below[0] * (1 - share),
        green * share + below[1] * (1 - share),
        blue * share + below[2] * (1 - share),
    )


def _mixed(token: Any) -> Tinted | None:
    """Two colours, mixed as if in RGB: near enough to tell light from dark."""
    parts = [part for part in token.arguments if part.type not in ("whitespace", "comment")]
    colours = [found for found in map(tinted, parts) if found is not None]
    shares = [part.value / 100 for part in parts if part.type == "percentage"]
    if len(colours) != 2:  # noqa: PLR2004 - a mixture of two
        return None
    commas = [at for at, part in enumerate(parts) if part == ","]
    first = shares[0] if shares else 0.5
    if len(shares) == 1 and commas and parts[-1].type == "percentage":
        first = 1 - first
    (one, alpha), (other, beta) = colours
    share = min(max(first, 0.0), 1.0)
    alphas = alpha * share + beta * (1 - share)
    if not alphas:
        return one, 0.0
    return over((one, alpha * share / alphas), other), alphas


def _as_rgb(found: Any) -> Tinted | None:
    match found.space:
        case "srgb" | "display-p3":
            numbers = [part or 0.0 for part in found.coordinates]
        case "hsl" | "hwb":
            numbers = list(found.to("srgb").coordinates)
        case "lab" | "lch" | "oklab" | "oklch":
            light = found.to("xyz-d50" if found.space in ("lab", "lch") else "xyz-d65").coordinates
            numbers = [_gamma(sum(a * b for a, b in zip(row, light, strict=True))) for row in _FROM_XYZ]
        case _:
            return None
    red, green, blue = (min(max(float(number), 0.0), 1.0) for number in numbers)
    return (red, green, blue), float(found.alpha)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= _LINEAR else 1.055 * part ** (1 / 2.4) - 0.055
