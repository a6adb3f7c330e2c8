"""Values of CSS: lengths in pixels and numbers, worked out where that is possible without a browser."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Mapping

PER_CENT: Final = 12.8
"""Pixels of a hundredth of a screen's width."""
_UNITS: Final = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "q": 0.945,
    "rem": 16.0,
    **dict.fromkeys(["vw", "vi", "svw", "lvw", "dvw", "vmax", "cqw", "cqi", "cqmax"], 12.8),
    **dict.fromkeys(["vh", "vb", "svh", "lvh", "dvh", "vmin", "cqh", "cqb", "cqmin"], 8.0),
}
_BY_FONT: Final = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "lh": 1.2, "rlh": 1.2, "cap": 0.7}
_ANGLES: Final = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_VARIABLE: Final = re.compile(r"\bvar\(", re.IGNORECASE)
_MOST_STEPS: Final = 20
_MOST_CHARS: Final = 10_000


def tokens(text: str) -> list[Any]:
    """The tokens of a value, without blanks."""
    found: list[Any] = tinycss2.parse_component_value_list(text, skip_comments=True)
    return [token for token in found if token.type != "whitespace"]


def substituted(text: str, variables: Mapping[str, str]) -> str | None:
    """A value with its variables put in; None when one is missing or they have no end."""
    for _ in range(_MOST_STEPS):
        if _VARIABLE.search(text) is None:
            return text
        if len(text) > _MOST_CHARS:
            return None
        put = _put_in(tinycss2.parse_component_value_list(text, skip_comments=True), variables)
        if put is None:
            return None
        text = put
    return None


def _put_in(parts: list[Any], variables: Mapping[str, str]) -> str | None:
    out: list[str] = []
    for token in parts:
        if token.type != "function":
            out.append(token.serialize())
            continue
        if token.lower_name != "var":
            inner = _put_in(token.arguments, variables)
            if inner is None:
                return None
            out.append(f"{token.name}({inner})")
            continue
        named, _, fallback = tinycss2.serialize(token.arguments).partition(",")
        value = variables.get(named.strip(), fallback.strip() or None)
        if value is None:
            return None
        out.append(value)
    return "".join(out)


def length(token: Any, *, font: float = 16.0, hundredth: float = PER_CENT) -> float | None:
    """Pixels of a length, or a plain number; None when it cannot be worked out.

    Args:
        token: Of tinycss2.
        font: Pixels of an ``em``.
        hundredth: Pixels of one per cent.
    """
    match token.type:
        case "number":
            return float(token.value)
        case "percentage":
            return float(token.value) * hundredth
        case "dimension":
            unit = token.lower_unit
            each = _UNITS.get(unit, _ANGLES.get(unit, _BY_FONT[unit] * font if unit in _BY_FONT else None))
            return None if each is None else float(token.value) * each
        case "() block":
            return _sum(token.content, font, hundredth)
        case "function":
            return _worked_out(token, font, hundredth)
        case _:
            return None


def _worked_out(  # noqa: PLR0911 - a case for each function
    token: Any, font: float, hundredth: float
) -> float | None:
    parts: list[list[Any]] = [[]]
    for part in token.arguments:
        if part == ",":
            parts.append([])
        else:
            parts[-1].append(part)
    found = [_sum(part, font, hundredth) for part in parts]
    numbers = [number for number in found if number is not None]
    if len(numbers) != len(found):
        return None
    match token.lower_name, numbers:
        case "calc", [number]:
            return number
        case "min", _:
            return min(numbers)
        case "max", _:
            return max(numbers)
        case "clamp", [least, wanted, most]:
            return max(least, min(wanted, most))
        case "abs", [number]:
            return abs(number)
        case _:
            return None


def _sum(parts: list[Any], font: float, hundredth: float) -> float | None:
    """Terms of products, from left to right."""
    total, product, sign, operator = 0.0, None, 1.0, "*"
    for token in parts:
        if token.type in ("whitespace", "comment"):
            continue
        if token.type == "literal" and token.value in "+-*/":
            if token.value in "+-":
                total, product = total + sign * (product or 0.0), None
                sign = -1.0 if token.value == "-" else 1.0
            operator = token.value
            continue
        number = length(token, font=font, hundredth=hundredth)
        if number is None or (operator == "/" and not number):
            return None
        factor = 1 / number if operator == "/" and product is not None else number
        product = factor if product is None else product * factor
    return None if product is None else total + sign * product
