"""How text of a docx looks: properties of a run, of its styles, and what lies behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from document_text.colours import WHITE, Colour, alike
from document_text.results import HiddenWay
from document_text.word_theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

_OFF: Final = frozenset({"0", "false", "off", "none"})
_LEAST_HALF_POINTS: Final = 6
_LEAST_LINE: Final = 60
_LEAST_SCALE: Final = 10
_MOST_TRANSPARENT: Final = 90_000
_FAR_TWIPS: Final = 14_000
_FAR_FRAME: Final = 28_000
_SIDES: Final = ("w:x", "w:y")
_MAX_CHAIN: Final = 20
_MOST_LOWERED: Final = 200
_LEAST_SPACING: Final = -100
_MOST_SPACING: Final = 20_000
_PAGE_NUMBER: Final = re.compile(r"[\d\s.,()\[\]-]*|[ivxlcdm]{1,8}", re.IGNORECASE)
_HIGHLIGHTS: Final = {"white": WHITE, "yellow": (1.0, 1.0, 0.0), "black": (0.0, 0.0, 0.0)}


@dataclass(frozen=True, slots=True)
class Properties:
    """What one place says of its text; None where it says nothing.

    Args:
        vanish: Whether it is hidden.
        colour: Its colour, as each program may take it.
        automatic: Whether its colour is the program's choice, which is always readable.
        size: Half-points.
        behind: Colour of its shading, as each program may take it.
        gone: Another way by which it cannot be seen.
        style: Id of the style that holds beneath.
        complex_size: Half-points of letters that are written from the right or called complex.
        complex: Whether these are.
        web_hidden: Whether a view as a web page leaves it out.
    """

    vanish: bool | None = None
    colour: tuple[Colour, ...] = ()
    automatic: bool | None = None
    size: int | None = None
    behind: tuple[Colour, ...] = ()
    gone: HiddenWay | None = None
    style: str | None = None
    complex_size: int | None = None
    complex: bool | None = None
    web_hidden: bool | None = None

    def over(self, beneath: Properties) -> Properties:
        """These properties where they say something, the ones beneath elsewhere."""
        coloured = bool(self.colour) or self.automatic is not None
        return Properties(
            beneath.vanish if self.vanish is None else self.vanish,
            self.colour if coloured else beneath.colour,
            self.automatic if coloured else beneath.automatic,
            beneath.size if self.size is None else self.size,
            self.behind or beneath.behind,
            self.gone or beneath.gone,
            self.style or beneath.style,
            beneath.complex_size if self.complex_size is None else self.complex_size,
            beneath.complex if self.complex is None else self.complex,
            beneath.web_hidden if self.web_hidden is None else self.web_hidden,
        )

    def way(self, background: Colour | None) -> HiddenWay | None:
        """Why text with these properties cannot be seen.

        Args:
            background: What lies behind where no shading does; None when it is a picture or not known.
        """
        if self.vanish:
            return HiddenWay.INVISIBLE
        if self.gone is not None:
            return self.gone
        sizes = (self.size, self.complex_size if self.complex else None)
        if any(size is not None and size < _LEAST_HALF_POINTS for size in sizes):
            return HiddenWay.SIZE
        behind = self.behind or (() if background is None else (background,))
        if any(alike(colour, below) for colour in self.colour for below in behind):
            return HiddenWay.COLOUR
        return None


def is_page_number(text: str) -> bool:
    """Whether a text is what tables of contents leave out on the web."""
    return _PAGE_NUMBER.fullmatch(text) is not None


NOTHING: Final = Properties()
"""A place that says nothing."""


def said_by(  # noqa: PLR0911 - a case for each element
    name: str, attributes: Mapping[str, str], known: Properties, theme: Theme
) -> Properties:
    """The properties with what one element of ``w:rPr`` or ``w:pPr`` adds."""
    value = attributes.get("w:val", "")
    match name:
        case "w:vanish" | "w:specVanish":
            return replace(known, vanish=value.lower() not in _OFF)
        case "w:color":
            colour = theme.seen(attributes, "val", "themeColor")
            return replace(known, colour=colour, automatic=not colour)
        case "w:sz":
            return replace(known, size=_number(value, 24))
        case "w:shd":
            return replace(known, behind=theme.behind(attributes) or known.behind)
        case "w:highlight":
            marked = _HIGHLIGHTS.get(value, (0.5, 0.5, 0.5))
            return replace(known, behind=known.behind if value == "none" else (marked,))
        case "w:szCs":
            return replace(known, complex_size=_number(value, 24))
        case "w:rtl" | "w:cs":
            return replace(known, complex=value.lower() not in _OFF)
        case "w:webHidden":
            return replace(known, web_hidden=value.lower() not in _OFF)
        case _:
            style = value if name in ("w:rStyle", "w:pStyle") else known.style
            return replace(known, style=style, gone=known.gone or _squeezed(name, attributes))


def _squeezed(  # noqa: PLR0911 - a case for each element
    name: str, attributes: Mapping[str, str]
) -> HiddenWay | None:
    """Text that is pressed flat, or set where no page is."""
    match name:
        case "w:w" if _number(attributes.get("w:val", "").rstrip("%"), 100) < _LEAST_SCALE:
            return HiddenWay.SIZE
        case "w:spacing" if attributes.get("w:lineRule") == "exact":
            return HiddenWay.SIZE if _number(attributes.get("w:line", ""), 240) < _LEAST_LINE else None
        case "w:spacing" if not _LEAST_SPACING <= _number(attributes.get("w:val", ""), 0) <= _MOST_SPACING:
            return HiddenWay.SIZE
        case "w:position" if abs(_number(attributes.get("w:val", ""), 0)) > _MOST_LOWERED:
            return HiddenWay.OFF_PAGE
        case "w:fitText" if _number(attributes.get("w:val", ""), 240) < _LEAST_LINE:
            return HiddenWay.SIZE
        case "w:ind" if any(abs(_number(number, 0)) > _FAR_TWIPS for number in attributes.values()):
            return HiddenWay.OFF_PAGE
        case "w:framePr" if any(abs(_number(attributes.get(side, ""), 0)) > _FAR_FRAME for side in _SIDES):
            return HiddenWay.OFF_PAGE
        case _:
            return None


def _number(text: str, default: int) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def transparent(value: str) -> bool:
    """Whether an alpha of the text effects lets nearly everything through; it counts what is not seen."""
    return _number(value, 0) > _MOST_TRANSPARENT


@dataclass(slots=True)
class Styles:
    """The styles part.

    Args:
        of: Properties by style id.
        theme: Colours that its parts name.
        defaults: What holds where no style says anything.
        hiding_tables: Ids of table styles that hide what stands in the table.
    """

    of: dict[str, Properties] = field(default_factory=dict[str, Properties])
    theme: Theme = field(default_factory=Theme)
    defaults: Properties = NOTHING
    hiding_tables: set[str] = field(default_factory=set[str])
    _based_on: dict[str, str] = field(default_factory=dict[str, str])
    _id: str = ""
    _kind: str = ""
    _now: Properties = NOTHING
    _inside: list[str] = field(default_factory=list[str])
    _part: Properties = NOTHING
    _type: str = ""
    _parts: dict[str, Properties] = field(default_factory=dict[str, Properties])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin of an element."""
        self._inside.append(name)
        if name == "w:style":
            self._id, self._kind = attributes.get("w:styleId", ""), attributes.get("w:type", "")
            self._now = NOTHING
            self._parts = {}
        elif name in ("w:tblStylePr", "w:docDefaults"):
            self._part, self._type = NOTHING, attributes.get("w:type", "")
        elif name == "w:basedOn":
            self._based_on[self._id] = attributes.get("w:val", "")
        elif "w:tblStylePr" in self._inside or "w:docDefaults" in self._inside:
            self._part = said_by(name, attributes, self._part, self.theme)
        elif self._id:
            self._now = said_by(name, attributes, self._now, self.theme)

    def end(self, name: str) -> None:
        """End of an element."""
        self._inside.pop()
        if name == "w:docDefaults":
            self.defaults = self._part
        elif name == "w:tblStylePr":
            self._parts[self._type] = self._part.over(self._now)
        elif name == "w:style":
            self.of[self._id] = self._now
            if self._kind == "table" and self._hides():
                self.hiding_tables.add(self._id)
            self._id = ""

    def _hides(self) -> bool:
        """Whether a part of a table in this style cannot be seen. Corners lie on the shading of rows."""
        shading = (below for part in self._parts.values() for below in part.behind if below != WHITE)
        corner = next(shading, WHITE)
        parts = ((name.endswith("Cell"), part) for name, part in self._parts.items())
        return self._now.way(WHITE) is not None or any(
            part.way(corner if is_corner else WHITE) is not None for is_corner, part in parts
        )

    def text(self, data: str) -> None:
        """Styles say nothing to people."""

    def resolved(self, style: str | None) -> Properties:
        """Everything that a style and those it is based on say."""
        found = NOTHING
        for _ in range(_MAX_CHAIN):
            if not style or style not in self.of:
                break
            found = found.over(self.of[style])
            style = self._based_on.get(style)
        return found
