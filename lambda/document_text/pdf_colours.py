"""Colour spaces of PDF other than grey, RGB and CMYK, as far as they can be worked out without a printer."""

from __future__ import annotations

from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from document_text.colours import Colour, from_numbers

_PLAIN: Final = {
    **dict.fromkeys(["/DeviceGray", "/CalGray", "/G"], 1),
    **dict.fromkeys(["/DeviceRGB", "/CalRGB", "/RGB"], 3),
    **dict.fromkeys(["/DeviceCMYK", "/CMYK"], 4),
}
_MOST_NESTED: Final = 4
_LAB_WHITE: Final = (0.9642, 1.0, 0.8249)
_TO_RGB: Final = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
_KNEE: Final = 6 / 29
_LINEAR: Final = 0.0031308


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def colour_in(space: Any, numbers: list[float], depth: int = 0) -> Colour | None:
    """The colour that these numbers are in a colour space; None when it cannot be worked out."""
    space = _resolved(space)
    parts = [_resolved(part) for part in space] if isinstance(space, ArrayObject) else [space]
    if depth > _MOST_NESTED or not parts:
        return None
    family = str(parts[0])
    if family in _PLAIN:
        return from_numbers(numbers[: _PLAIN[family]])
    match family, parts[1:]:
        case "/ICCBased", [*_]:
            return from_numbers(numbers)
        case "/Lab", [*_] if len(numbers) >= 3:  # noqa: PLR2004 - three parts
            return _from_lab(*numbers[:3])
        case (("/Separation" | "/DeviceN"), [_, base, tint, *_]):
            mixed = _worked_out(tint, numbers)
            return None if mixed is None else colour_in(base, mixed, depth + 1)
        case _:
            return None


def _from_lab(light: float, a: float, b: float) -> Colour:
    level = (light + 16) / 116
    xyz = [
        _unbent(part) * white
        for part, white in zip((level + a / 500, level, level - b / 200), _LAB_WHITE, strict=True)
    ]
    red, green, blue = (
        min(max(_gamma(sum(x * y for x, y in zip(row, xyz, strict=True))), 0.0), 1.0) for row in _TO_RGB
    )
    return red, green, blue


def _unbent(part: float) -> float:
    return part**3 if part > _KNEE else 3 * _KNEE * _KNEE * (part - 4 / 29)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= _LINEAR else 1.055 * part ** (1 / 2.4) - 0.055


def _worked_out(function: Any, numbers: list[float]) -> list[float] | None:
    """A function of one number: between two colours, or by a table; None for programs and several inks."""
    found = _resolved(function)
    if not isinstance(found, DictionaryObject) or len(numbers) != 1:
        return None
    share = min(max(numbers[0], 0.0), 1.0)
    kind = _resolved(found.get("/FunctionType"))
    if kind == 2:  # noqa: PLR2004 - the number of the kind
        first = [float(part) for part in _resolved(found.get("/C0", ArrayObject())) or [0.0]] or [0.0]
        last = [float(part) for part in _resolved(found.get("/C1", ArrayObject())) or [1.0]] or [1.0]
        bent = share ** float(_resolved(found.get("/N", 1)))
        return [a + bent * (b - a) for a, b in zip(first, last, strict=True)]
    if kind == 0 and isinstance(found, StreamObject) and _resolved(found.get("/BitsPerSample")) == 8:  # noqa: PLR2004 - whole bytes
        ranges = [float(part) for part in _resolved(found["/Range"])]
        count = int(_resolved(found["/Size"])[0])
        wide = len(ranges) // 2
        at = round(share * (count - 1)) * wide
        row = found.get_data()[at : at + wide]
        return [
            low + part / 255 * (high - low)
            for part, low, high in zip(row, ranges[::2], ranges[1::2], strict=True)
        ]
    return None
