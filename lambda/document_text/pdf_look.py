"""What of a page's text nobody sees: the page is painted in numbers, and each text held against the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from document_text.colours import WHITE, Colour, alike
from document_text.pdf_matrix import Box, apart
from document_text.pdf_painter import Painter
from document_text.pdf_shapes import points_in
from document_text.refusals import Refusal, RefusedError
from document_text.results import HiddenWay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from document_text.limits import Limits
    from document_text.pdf_marks import Area, Written

_MOST_COMPARISONS: Final = 4_000_000
_LEAST_POINTS: Final = 3.0
_LEAST_ALPHA: Final = 0.1
_INVISIBLE_MODES: Final = frozenset({3, 7})


def hidden_on(page: Any, limits: Limits) -> Mapping[HiddenWay, int]:
    """How many characters of a page cannot be seen, by the way they are hidden.

    Args:
        page: A page of pypdf.
        limits: How much may be painted.

    Raises:
        RefusedError: The page holds more than allowed.
    """
    painter = Painter(limits)
    painter.paint_page(page)
    sheet = Sheet(_visible_box(page), painter.areas)
    hidden: Counter[HiddenWay] = Counter()
    if len(painter.written) * len(painter.areas) > _MOST_COMPARISONS:
        raise RefusedError(Refusal.TOO_COMPLEX)
    for written in painter.written:
        way = sheet.way(written)
        if way is not None:
            hidden[way] += written.chars
    return hidden


def _visible_box(page: Any) -> Box:
    box = page.cropbox
    left, right = sorted((float(box.left), float(box.right)))
    bottom, top = sorted((float(box.bottom), float(box.top)))
    return (left, bottom, right, top)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A painted page.

    Args:
        box: What of it is shown.
        areas: What was painted, in order.
    """

    box: Box
    areas: Sequence[Area]

    def way(self, written: Written) -> HiddenWay | None:
        """Why a text cannot be seen; None when it can, or when nobody can tell."""
        switched = (
            (written.layer_off, HiddenWay.LAYER),
            (written.mode in _INVISIBLE_MODES, HiddenWay.INVISIBLE),
            (written.alpha < _LEAST_ALPHA or written.masked, HiddenWay.TRANSPARENT),
            (written.size < _LEAST_POINTS, HiddenWay.SIZE),
            (apart(written.box, self.box) or apart(written.box, written.clip), HiddenWay.OFF_PAGE),
        )
        for applies, way in switched:
            if applies:
                return way
        if self._covered(written):
            return HiddenWay.COVERED
        return HiddenWay.COLOUR if self._unreadable(written) else None

    def _covered(self, written: Written) -> bool:
        """Whether what was painted later lies over all of it, be it in pieces."""
        over = [
            area
            for area in self.areas
            if area.order > written.order and area.opaque and not apart(area.box, written.box)
        ]
        if not over:
            return False
        return all(any(area.holds(x, y) for area in over) for x, y in points_in(written.box))

    def _unreadable(self, written: Written) -> bool:
        """Whether the colour is that of everything which may lie behind."""
        if written.colour is None:
            return True  # a pattern or a mixture of inks: nobody can tell
        behind: list[Colour] = []
        for area in reversed(self.areas):
            if area.order > written.order or not _holds(area.box, written.box):
                continue
            if area.colour is None:
                return False  # a picture or a pattern: nobody can tell
            behind.append(area.colour)
            if area.exact:
                break
        else:
            behind.append(WHITE)
        return all(alike(written.colour, colour) for colour in behind)


def _holds(area: Box, text: Box) -> bool:
    """Whether the middle of a text lies in an area."""
    x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
