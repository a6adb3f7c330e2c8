"""What CSS keeps from the eye. A value that cannot be worked out is not trusted: it hides."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from document_text.css_values import length, tokens
from document_text.results import HiddenWay

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAR: Final = 400.0
_FARTHER: Final = 3000.0
_THIN: Final = 4.0
_LEAST: Final = 0.1
_STEEP: Final = 60.0
_GLOBAL: Final = frozenset(
    ["inherit", "initial", "unset", "revert", "revert-layer", "normal", "none", "auto"]
)
_NAMED_SIZES: Final = frozenset(
    ["xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large", "math"]
)
_SYSTEM_FONTS: Final = frozenset(["caption", "icon", "menu", "message-box", "small-caption", "status-bar"])
_SEEN: Final = {
    "visibility": frozenset(["visible"]),
    "content-visibility": frozenset(["visible", "auto"]),
    "mix-blend-mode": frozenset(["normal"]),
    "mask": frozenset[str](),
    "mask-image": frozenset[str](),
    "-webkit-mask": frozenset[str](),
    "-webkit-mask-image": frozenset[str](),
    "offset-path": frozenset[str](),
    "offset": frozenset[str](),
    "clip": frozenset[str](),
    "clip-path": frozenset(["border-box", "padding-box", "content-box", "margin-box"]),
    "content": frozenset(["normal", "none"]),
    "all": frozenset(["inherit"]),
    "backface-visibility": frozenset(["visible", "hidden"]),
}
"""Values that show; every other one hides."""
_GROWING: Final = frozenset(
    ["max-content", "min-content", "fit-content", "stretch", "-webkit-fill-available", "-moz-available"]
)
_PLAIN_NUMBER: Final = re.compile(r"\+?\d+|auto|inherit|initial|unset|revert|revert-layer|")
_GONE: Final = frozenset(["none", "\0"])
_HARMLESS_FILTERS: Final = frozenset(["grayscale", "drop-shadow", "sepia", "hue-rotate", "saturate"])
_FILTERS: Final = {
    "opacity": (_LEAST, math.inf),
    "blur": (0.0, 1.0),
    "invert": (0.0, _LEAST),
    "brightness": (0.5, 1.5),
    "contrast": (0.5, math.inf),
}
"""Least and most that leaves a text readable."""
_SIDES: Final = ("left", "top", "right", "bottom")
_SPACES: Final = ("margin-left", "margin-top", "margin-right", "margin-bottom", "padding-left", "text-indent")


def font_size(said: Mapping[str, str], outer: float) -> float | None:
    """Height of letters in pixels; None when it cannot be worked out."""
    text, font = said.get("font-size", ""), said.get("font", "")
    size = outer
    if font and font not in _SYSTEM_FONTS and font not in _GLOBAL:
        found = next((token for token in tokens(font) if _is_size(token)), None)
        size = _size(found, outer) if found is not None else math.nan
    if text and text not in _GLOBAL:
        found_all = tokens(text)
        size = _size(found_all[0], outer) if len(found_all) == 1 else math.nan
    zoom = said.get("zoom", "")
    if zoom and zoom not in _GLOBAL and zoom != "reset":
        size *= _number(zoom)
    return None if math.isnan(size) else size


def _is_size(token: Any) -> bool:
    if token.type in ("dimension", "percentage", "function"):
        return True
    # A plain number is a weight; nought is a height.
    if token.type == "number":
        return not token.value
    return token.type == "ident" and token.lower_value in (*_NAMED_SIZES, "smaller", "larger")


def _size(token: Any, outer: float) -> float:
    if token.type == "ident":
        if token.lower_value in _NAMED_SIZES:
            return 16.0
        return {"smaller": outer * 0.83, "larger": outer * 1.2}.get(token.lower_value, math.nan)
    found = length(token, font=outer, hundredth=outer / 100)
    return math.nan if found is None else found


def _number(text: str) -> float:
    """A share; not a number when it cannot be worked out."""
    found = tokens(text)
    number = length(found[0], hundredth=0.01) if len(found) == 1 else None
    return math.nan if number is None else number


def opacity_of(text: str) -> float | None:
    """A share from 0 to 1; None when it cannot be worked out."""
    number = 1.0 if text in _GLOBAL else _number(text)
    return None if math.isnan(number) else min(max(number, 0.0), 1.0)


def hidden_by(said: Mapping[str, str], font: float) -> HiddenWay | None:
    """Why what is said of an element keeps its text from the eye; None when it does not.

    Args:
        said: Values by name, in small letters, variables put in.
        font: Height of its letters in pixels.
    """
    if said.get("display", "") in _GONE:
        return HiddenWay.INVISIBLE
    for name, seen in _SEEN.items():
        value = said.get(name, "")
        if (
            value
            and value not in seen
            and not (value in _GLOBAL and name != "all")
            and not _is_plain_text(name, value)
        ):
            return HiddenWay.OFF_PAGE if name.startswith("clip") else HiddenWay.INVISIBLE
    if _faded(said.get("filter", "")) or _number(said.get("fill-opacity", "1")) < _LEAST:
        return HiddenWay.TRANSPARENT
    return _pressed(said, font) or _moved(said, font) or _cut(said, font) or _turned(said, font)


def _is_plain_text(name: str, value: str) -> bool:
    """Browsers pass over a text that is to replace an element."""
    return name == "content" and value[:1] in "\"'"


def _faded(text: str) -> bool:
    for token in tokens(text):
        if token.type == "ident" and token.lower_value in _GLOBAL:
            continue
        if token.type != "function":
            return True
        name = token.lower_name
        if name in _HARMLESS_FILTERS or name == "alpha":
            continue
        parts = [part for part in token.arguments if part.type != "whitespace"]
        share = length(parts[0], hundredth=0.01) if len(parts) == 1 else None
        if share is None:
            return True
        least, most = _FILTERS.get(name, (1.0, 0.0))
        if not least <= share <= most:
            return True
    return False


def _pressed(said: Mapping[str, str], font: float) -> HiddenWay | None:
    """Letters on top of each other, or far from each other."""
    for name in ("letter-spacing", "word-spacing"):
        space = _pixels(said.get(name, ""), font)
        if math.isnan(space) or space > _FAR or space < -0.4 * font:
            return HiddenWay.SIZE
    return None


def _pixels(text: str, font: float) -> float:
    """Pixels of one length, 0 for none; not a number when it cannot be worked out."""
    if not text or text in _GLOBAL:
        return 0.0
    found = tokens(text)
    number = length(found[0], font=font) if found else None
    return math.nan if number is None else number


def _moved(said: Mapping[str, str], font: float) -> HiddenWay | None:
    position = said.get("position", "")
    placed = position not in ("", "static", "sticky") and position not in _GLOBAL
    for name in (*(_SIDES if placed else ()), *_SPACES):
        place = _pixels(said.get(name, ""), font)
        pushed = abs(place) > (1500.0 if name in ("right", "bottom", "text-indent") else _FARTHER)
        if math.isnan(place) or place < -_FAR or pushed:
            return HiddenWay.OFF_PAGE
    if placed and _PLAIN_NUMBER.fullmatch(said.get("z-index", "")) is None:
        return HiddenWay.COVERED
    return None


def _cut(said: Mapping[str, str], font: float) -> HiddenWay | None:
    """A box without room that lets nothing out."""
    for sizes, side in ((("height", "max-height"), "overflow-y"), (("width", "max-width"), "overflow-x")):
        lets_out = said.get(side, "visible") in ("", "visible", *_GLOBAL - {"auto"})
        if lets_out:
            continue
        for name in sizes:
            text = said.get(name, "")
            if not text or text in _GLOBAL or text in _GROWING:
                continue
            extent = _pixels(text, font)
            if math.isnan(extent) or extent < _THIN:
                return HiddenWay.OFF_PAGE
    return None


def _turned(said: Mapping[str, str], font: float) -> HiddenWay | None:
    """Moved, shrunk or turned away as a whole."""
    for name in ("translate", "scale", "rotate"):
        text = said.get(name, "")
        if text and text not in _GLOBAL:
            found = tokens(text)
            if name == "rotate" and len(found) > 1:
                return HiddenWay.INVISIBLE
            way = _transformed(name, [_length(token, font) for token in found])
            if way is not None:
                return way
    text = said.get("transform", "")
    for token in tokens("" if text in _GLOBAL else text):
        if token.type != "function":
            return HiddenWay.OFF_PAGE
        parts = [part for part in token.arguments if part.type != "whitespace" and part != ","]
        way = _transformed(token.lower_name, [_length(part, font) for part in parts])
        if way is not None:
            return way
    return None


def _length(token: Any, font: float) -> float:
    # A hundredth of the element itself: a few pixels, and ten times its size is far.
    number = length(token, font=font, hundredth=2.0)
    return math.nan if number is None else number


def _transformed(name: str, numbers: list[float]) -> HiddenWay | None:  # noqa: PLR0911 - a case for each function
    if not numbers or any(math.isnan(number) for number in numbers):
        return HiddenWay.OFF_PAGE
    match name:
        case "translate" | "translatex" | "translatey" | "translatez" | "translate3d":
            return HiddenWay.OFF_PAGE if any(abs(number) > _FAR for number in numbers) else None
        case "scale" | "scalex" | "scaley" | "scale3d":
            return HiddenWay.SIZE if min(map(abs, numbers)) < 2 * _LEAST else None
        case "rotate" | "rotatez" | "perspective" | "scalez":
            return None
        case "skew" | "skewx" | "skewy" | "rotatex" | "rotatey":
            return HiddenWay.INVISIBLE if any(abs(number) > _STEEP for number in numbers) else None
        case "matrix" if len(numbers) == 6:  # noqa: PLR2004 - a matrix has six
            a, b, c, d, e, f = numbers
            if min(math.hypot(a, b), math.hypot(c, d), abs(a * d - b * c)) < 2 * _LEAST:
                return HiddenWay.SIZE
            return HiddenWay.OFF_PAGE if max(abs(e), abs(f)) > _FAR else None
        case _:
            return HiddenWay.INVISIBLE
