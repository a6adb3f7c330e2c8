"""The graphics state of a PDF page, and how operators change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from document_text.colours import BLACK, Colour, from_numbers
from document_text.pdf_colours import colour_in
from document_text.pdf_matrix import EVERYWHERE, IDENTITY, Box, Matrix, matrix, times

_PLAIN_SPACES: Final = frozenset(
    ["/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased", "/G", "/RGB", "/CMYK"]
)
_NUMBERS_OF: Final = {b"g": 1, b"rg": 3, b"k": 4}
_SPACE_OF: Final = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}
_COLOURS: Final = frozenset(
    {b"g", b"rg", b"k", b"G", b"RG", b"K", b"sc", b"scn", b"SC", b"SCN", b"cs", b"CS"}
)
_BYTE: Final = 8
_FAINT: Final = 64
_PLAIN_BLENDS: Final = frozenset({"/Normal", "/Compatible"})


@dataclass(frozen=True, slots=True)
class State:
    """What ``q`` keeps and ``Q`` brings back. A colour is None where it is a pattern or a spot colour."""

    place: Matrix = IDENTITY
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_space: Any = "/DeviceGray"
    stroke_space: Any = "/DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blended: bool = False
    masked: bool = False
    pen: float = 1.0
    clip: Box = EVERYWHERE
    mode: int = 0
    size: float = 0.0
    wide: bool = False
    stretch: float = 1.0
    rise: float = 0.0
    leading: float = 0.0

    def after(self, operator: bytes, operands: list[Any], numbers: list[float], resources: Any) -> State:
        """The state after an operator; those that change nothing here leave it as it is."""
        if operator in _COLOURS:
            return self.coloured(operator, operands, numbers, resources)
        if operator == b"cm":
            return replace(self, place=times(matrix(numbers), self.place))
        if operator == b"Tf" and numbers:
            return self.with_font(entry(resources, "/Font", operands[0]), numbers[-1])
        if operator == b"w" and numbers:
            return replace(self, pen=numbers[0])
        if operator == b"gs" and operands:
            return self.with_parameters(entry(resources, "/ExtGState", operands[0]))
        return self.with_text(operator, numbers)

    def coloured(self, operator: bytes, operands: list[Any], numbers: list[float], resources: Any) -> State:
        """After an operator that sets a colour."""
        stroke, name = operator.isupper(), operator.lower()
        space = self.stroke_space if stroke else self.fill_space
        if name in _NUMBERS_OF:
            colour, space = from_numbers(numbers[: _NUMBERS_OF[name]]), _SPACE_OF[name]
        elif name == b"cs":
            named = operands[0] if operands else None
            found = entry(resources, "/ColorSpace", named)
            space = named if found is None else found
            colour = BLACK if _is_plain(space) else colour_in(space, [1.0])
        else:
            colour = from_numbers(numbers) if _is_plain(space) else colour_in(space, numbers)
        if stroke:
            return replace(self, stroke=colour, stroke_space=space)
        return replace(self, fill=colour, fill_space=space)

    def with_parameters(self, parameters: Any) -> State:
        """After ``gs``, with the dictionary that it names."""
        if not isinstance(parameters, DictionaryObject):
            return self
        state = self
        fill, stroke = parameters.get("/ca"), parameters.get("/CA")
        if isinstance(fill, int | float):
            state = replace(state, fill_alpha=float(fill))
        if isinstance(stroke, int | float):
            state = replace(state, stroke_alpha=float(stroke))
        blend, mask = parameters.get("/BM"), parameters.get("/SMask")
        if blend is not None or mask is not None:
            mixed = blend is not None and str(blend) not in _PLAIN_BLENDS
            masked = state.masked if mask is None else str(mask) != "/None"
            state = replace(state, blended=mixed or masked, masked=masked)
        pen = parameters.get("/LW")
        if isinstance(pen, int | float):
            state = replace(state, pen=float(pen))
        font = parameters.get("/Font")
        if isinstance(font, ArrayObject) and len(font) > 1 and isinstance(font[1], int | float):
            state = replace(state, size=float(font[1]))
        return state

    def with_text(self, operator: bytes, numbers: list[float]) -> State:
        """After one of ``TL``, ``Tr``, ``Ts``, ``Tz``."""
        first = numbers[0] if numbers else 0.0
        match operator:
            case b"TL":
                return replace(self, leading=first)
            case b"Tr":
                return replace(self, mode=int(first))
            case b"Ts":
                return replace(self, rise=first)
            case b"Tz":
                return replace(self, stretch=first / 100)
            case _:
                return self

    def with_font(self, font: Any, size: float) -> State:
        """After ``Tf``."""
        wide = isinstance(font, DictionaryObject) and font.get("/Subtype") == "/Type0"
        return replace(self, size=size, wide=wide)


def _is_plain(space: Any) -> bool:
    """Whether a colour space's numbers are grey, RGB or CMYK."""
    family = space[0] if isinstance(space, ArrayObject) and space else space
    return str(resolved(family)) in _PLAIN_SPACES


def resolved(value: Any) -> Any:
    """An object, wherever it stands."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def entry(resources: Any, kind: str, name: Any) -> Any:
    """A resource by its kind and name; None when there is no such."""
    found = resolved(resources.get(kind)) if isinstance(resources, DictionaryObject) else None
    return resolved(found.get(str(name))) if isinstance(found, DictionaryObject) else None


def lets_through(picture: StreamObject) -> bool:
    """Whether nearly all of a picture is transparent, or nobody can tell how much."""
    mask = resolved(picture.get("/SMask"))
    if not isinstance(mask, StreamObject):
        return False
    data = mask.get_data()
    if (
        resolved(mask.get("/BitsPerComponent")) != _BYTE
        or "/DCTDecode" in str(mask.get("/Filter"))
        or not data
    ):
        return True
    return sum(data) / len(data) < _FAINT


def is_stencil(image: Any) -> bool:
    """Whether an inline image is a mask through which colour is painted."""
    settings: Any = image.get("settings") if hasattr(image, "get") else None
    told = {str(key): str(settings[key]) for key in settings} if settings else {}
    return "true" in (told.get("/IM", "").lower(), told.get("/ImageMask", "").lower())


def numbers_of(value: Any) -> list[float]:
    """The numbers of an array; none when it is no array."""
    found = resolved(value)
    items = [resolved(item) for item in found] if isinstance(found, ArrayObject) else []
    return [float(item) for item in items if isinstance(item, int | float)]


def codes(part: Any, *, wide: bool) -> tuple[int, int]:
    """How many glyphs a string names, and how many of them are no blank."""
    data = getattr(part, "original_bytes", part)
    if isinstance(data, str):
        data = data.encode("latin-1", "replace")
    if not isinstance(data, bytes):
        return 0, 0
    if wide:
        # Glyph 3 is the blank of nearly every font that counts by two bytes.
        pairs = [data[at : at + 2] for at in range(0, len(data), 2)]
        return len(pairs), sum(pair not in (b"\x00\x03", b"\x00\x20") for pair in pairs)
    return len(data), len(data) - data.count(b" ")
