"""What was painted on a page: texts and areas, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from document_text.pdf_shapes import inside

if TYPE_CHECKING:
    from document_text.colours import Colour
    from document_text.pdf_matrix import Box
    from document_text.pdf_shapes import Outline


@dataclass(frozen=True, slots=True)
class Written:
    """A text on the page.

    Args:
        order: Its number among all that was painted.
        chars: Glyphs that are no blank.
        box: Where it lies, roughly.
        size: Height in points.
        colour: None when it is a pattern or a spot colour.
        alpha: 0 lets everything through.
        mode: Render mode; 3 paints nothing.
        clip: What of the page is painted.
        layer_off: Whether its layer is off.
        masked: Whether a soft mask lies over it.
    """

    order: int
    chars: int
    box: Box
    size: float
    colour: Colour | None
    alpha: float
    mode: int
    clip: Box
    layer_off: bool
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A filled area or a picture.

    Args:
        order: Its number among all that was painted.
        box: Where it lies.
        colour: None when it is a picture, a pattern or mixed with what is behind.
        opaque: Whether nothing behind its whole box can be seen.
        exact: Whether it fills its whole box with one colour.
        outlines: Its shape; none for its whole box.
        even_odd: By which rule a point is inside.
    """

    order: int
    box: Box
    colour: Colour | None
    opaque: bool
    exact: bool
    outlines: tuple[Outline, ...] = ()
    even_odd: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether it covers a point."""
        left, bottom, right, top = self.box
        if not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1):
            return False
        return not self.outlines or inside(self.outlines, x, y, even_odd=self.even_odd)
