"""Goes through a page's content stream and notes where text and areas come to lie, and how they look."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, StreamObject

from document_text.pdf_graphics import State, codes, entry, is_stencil, lets_through, numbers_of, resolved
from document_text.pdf_layers import is_off, layers_off
from document_text.pdf_marks import Area, Written
from document_text.pdf_matrix import IDENTITY, Box, Matrix, at, box_of, common, matrix, placed, times
from document_text.pdf_shapes import Point, outline_of, thick
from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from document_text.colours import Colour
    from document_text.limits import Limits

_MOST_OPERATIONS: Final = 400_000
_MOST_FORMS_DEEP: Final = 12
_OPAQUE: Final = 0.95
_LEAST_AREA: Final = (6.0, 3.0)
# Glyphs count as half as wide as high: what is asked is whether a text lies far away, not where it ends.
_WIDTH: Final = 0.5
_SHOWS: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})
_FILLS: Final = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_PATH_ENDS: Final = _FILLS | {b"S", b"s", b"n"}
_POINTS: Final = frozenset({b"m", b"l", b"c", b"v", b"y"})
_STROKES: Final = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_LEAST_CORNERS: Final = 2
_CLIPS: Final = frozenset({b"W", b"W*"})
_PATH: Final = _PATH_ENDS | _POINTS | _CLIPS | {b"re"}
_OBJECTS: Final = frozenset({b"Do", b"INLINE IMAGE", b"sh"})
_MARKS: Final = frozenset({b"BDC", b"BMC", b"EMC"})
_PLACES: Final = frozenset({b"BT", b"Tm", b"Td", b"TD", b"T*"})
_STROKED_MODES: Final = frozenset({1, 5})
_RECTANGLE: Final = 4
_FIRST: Final = State()


@dataclass(slots=True)
class Painter:
    """Paints pages.

    Args:
        limits: How much one page may hold.
        written: The texts, in order.
        areas: The areas, in order.
    """

    limits: Limits
    written: list[Written] = field(default_factory=list[Written])
    areas: list[Area] = field(default_factory=list[Area])
    _state: State = _FIRST
    _kept: list[State] = field(default_factory=list[State])
    _text: Matrix = IDENTITY
    _line: Matrix = IDENTITY
    _path: list[list[Point]] = field(default_factory=list[list[Point]])
    _rectangles: int = 0
    _others: int = 0
    _clipping: bool = False
    _marks: list[bool] = field(default_factory=list[bool])
    _operations: int = 0
    _off: frozenset[tuple[int, int]] = frozenset()

    def paint_page(self, page: Any) -> None:
        """Go through one page.

        Raises:
            RefusedError: It holds more than allowed.
        """
        self._off = layers_off(page)
        raw = resolved(page.get("/Contents"))
        if raw is not None:
            # Parsed once: pypdf takes its text from the same operations, and maps glyphs of bytes alone.
            contents = ContentStream(raw, page.pdf, "bytes")
            page[NameObject("/Contents")] = contents
            self._paint(contents, page.get("/Resources"), 0)

    def _paint(self, stream: ContentStream, resources: Any, depth: int) -> None:
        if len(stream.get_data()) > self.limits.page_bytes:
            raise RefusedError(Refusal.PAGE_TOO_LARGE)
        found = resolved(resources)
        named = found if isinstance(found, DictionaryObject) else DictionaryObject()
        operations: Any = stream.operations
        for operands, operator in operations:
            self._operations += 1
            if self._operations > _MOST_OPERATIONS:
                raise RefusedError(Refusal.TOO_COMPLEX)
            # An inline image brings a dictionary instead of a list.
            if operator != b"INLINE IMAGE":
                self._do(operator, operands, named, depth)
            elif not is_stencil(operands):
                self._do(operator, [], named, depth)

    def _do(self, operator: bytes, operands: list[Any], resources: DictionaryObject, depth: int) -> None:
        numbers = [float(operand) for operand in operands if isinstance(operand, int | float)]
        if operator in _SHOWS:
            self._show(operator, operands)
        elif operator in _PATH:
            self._draw(operator, numbers)
        elif operator in _OBJECTS:
            self._paint_object(operator, operands, resources, depth)
        elif operator in _MARKS:
            self._mark(operator, operands, resources)
        elif operator in _PLACES:
            self._place_text(operator, numbers)
        elif operator == b"q":
            self._kept.append(self._state)
        elif operator == b"Q":
            self._state = self._kept.pop() if self._kept else self._state
        else:
            self._state = self._state.after(operator, operands, numbers, resources)

    def _place_text(self, operator: bytes, numbers: list[float]) -> None:
        match operator, numbers:
            case b"BT", _:
                self._text = self._line = IDENTITY
            case b"Tm", _:
                self._text = self._line = matrix(numbers)
            case b"Td" | b"TD", [x, y, *_]:
                self._move(x, y)
                if operator == b"TD":
                    self._state = replace(self._state, leading=-y)
            case b"T*", _:
                self._move(0.0, -self._state.leading)
            case _:
                pass

    def _move(self, x: float, y: float) -> None:
        self._line = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)
        self._text = self._line

    def _show(self, operator: bytes, operands: list[Any]) -> None:
        state = self._state
        if operator in (b"'", b'"'):
            self._move(0.0, -state.leading)
        shown = operands[-1] if operands else ""
        parts = list(shown) if isinstance(shown, ArrayObject) else [shown]
        counts = [codes(part, wide=state.wide) for part in parts]
        chars = sum(seen for _, seen in counts)
        shifts = sum(float(part) for part in parts if isinstance(part, int | float))
        width = (sum(count for count, _ in counts) * _WIDTH - shifts / 1000) * state.size * state.stretch
        place = times(self._text, state.place)
        box = placed((min(0.0, width), state.rise, max(0.0, width), state.rise + state.size), place)
        self._text = times((1.0, 0.0, 0.0, 1.0, width, 0.0), self._text)
        if not chars:
            return
        stroked = state.mode in _STROKED_MODES
        self.written.append(
            Written(
                len(self.written) + len(self.areas),
                chars,
                box,
                _size(place, state),
                state.stroke if stroked else state.fill,
                state.stroke_alpha if stroked else state.fill_alpha,
                state.mode,
                state.clip,
                any(self._marks),
                state.masked,
            )
        )

    def _draw(self, operator: bytes, numbers: list[float]) -> None:
        state = self._state
        if operator == b"re" and len(numbers) >= _RECTANGLE:
            x, y, width, height = numbers[:4]
            self._path.append(
                [at(state.place, *corner) for corner in outline_of((x, y, x + width, y + height))]
            )
            self._path[-1].append(self._path[-1][0])
            self._rectangles += 1
        elif operator in _POINTS:
            if operator == b"m" or not self._path:
                self._path.append([])
            self._path[-1] += [
                at(state.place, x, y) for x, y in zip(numbers[0::2], numbers[1::2], strict=False)
            ]
            self._others += 1
        elif operator in _CLIPS:
            self._clipping = True
        elif operator in _PATH_ENDS:
            points = [point for outline in self._path for point in outline]
            box = box_of(points) if points else None
            if box is not None and operator in _FILLS:
                turned = state.place[1] and state.place[0]
                self._cover(
                    box,
                    state.fill,
                    exact=self._rectangles == 1 and not self._others and not turned,
                    even_odd=operator.endswith(b"*"),
                )
            if box is not None and operator in _STROKES:
                self._stroke()
            if box is not None and self._clipping:
                self._state = replace(state, clip=common(state.clip, box))
            self._path, self._rectangles, self._others, self._clipping = [], 0, 0, False

    def _stroke(self) -> None:
        """A pen that is wide enough covers as a bar does."""
        state = self._state
        a, b, c, d, _, _ = state.place
        width = state.pen * math.sqrt(abs(a * d - b * c))
        if width < _LEAST_AREA[1] or state.stroke_alpha < _OPAQUE or state.blended or any(self._marks):
            return
        for outline in self._path:
            for bar in thick(tuple(outline), width):
                box = common(box_of(bar), state.clip)
                order = len(self.written) + len(self.areas)
                self.areas.append(Area(order, box, state.stroke, opaque=True, exact=False, outlines=(bar,)))

    def _cover(
        self, box: Box, colour: Colour | None, *, exact: bool, picture: bool = False, even_odd: bool = False
    ) -> None:
        state = self._state
        box = common(box, state.clip)
        if any(self._marks) or box[2] - box[0] < _LEAST_AREA[0] or box[3] - box[1] < _LEAST_AREA[1]:
            return
        solid = state.fill_alpha >= _OPAQUE and not state.blended
        seen = colour if solid else None
        outlines = (
            () if exact else tuple(tuple(outline) for outline in self._path if len(outline) > _LEAST_CORNERS)
        )
        opaque = solid and (picture or exact or bool(outlines))
        order = len(self.written) + len(self.areas)
        self.areas.append(Area(order, box, seen, opaque, exact and solid, outlines, even_odd))

    def _paint_object(
        self, operator: bytes, operands: list[Any], resources: DictionaryObject, depth: int
    ) -> None:
        unit = placed((0.0, 0.0, 1.0, 1.0), self._state.place)
        if operator != b"Do":
            shading = operator == b"sh"
            self._cover(self._state.clip if shading else unit, None, exact=False, picture=not shading)
            return
        found = entry(resources, "/XObject", operands[0]) if operands else None
        if not isinstance(found, StreamObject):
            return
        self._marks.append("/OC" in found and is_off(found.raw_get("/OC"), self._off))
        if found.get("/Subtype") == "/Form":
            self._paint_form(found, resources, depth)
        elif found.get("/Subtype") == "/Image":
            masked = "/SMask" in found or "/Mask" in found
            # A stencil lets through what lies behind, wherever it has holes.
            if not found.get("/ImageMask") and not lets_through(found):
                self._cover(unit, None, exact=False, picture=not masked)
        self._marks.pop()

    def _paint_form(self, form: StreamObject, resources: DictionaryObject, depth: int) -> None:
        if depth >= _MOST_FORMS_DEEP:
            raise RefusedError(Refusal.NESTED_TOO_DEEP)
        before, text, line, kept, marks = self._state, self._text, self._line, self._kept, list(self._marks)
        place = times(matrix(numbers_of(form.get("/Matrix"))), before.place)
        clip = before.clip
        match numbers_of(form.get("/BBox")):
            case [x, y, right, top]:
                clip = common(clip, placed((min(x, right), min(y, top), max(x, right), max(y, top)), place))
            case _:
                pass
        self._state, self._kept = replace(before, place=place, clip=clip), []
        self._paint(ContentStream(form, None), form.get("/Resources", resources), depth + 1)
        self._state, self._text, self._line, self._kept, self._marks = before, text, line, kept, marks

    def _mark(self, operator: bytes, operands: list[Any], resources: DictionaryObject) -> None:
        if operator == b"EMC":
            if self._marks:
                self._marks.pop()
            return
        layer = None
        if operator == b"BDC" and len(operands) > 1 and operands[0] == "/OC":
            properties = resolved(resources.get("/Properties"))
            if isinstance(properties, DictionaryObject) and str(operands[1]) in properties:
                layer = properties.raw_get(str(operands[1]))
        self._marks.append(is_off(layer, self._off))


def _size(place: Matrix, state: State) -> float:
    """The smaller of a letter's height and width, as they come to lie."""
    a, b, c, d, _, _ = place
    size = abs(state.size)
    return min(math.hypot(c, d), math.hypot(a, b) * max(state.stretch, 0.0)) * size
