"""The inside of a docx: its text in order, apart from what is hidden, deleted or a field's instruction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from document_text.colours import WHITE, Colour, from_hex
from document_text.refusals import Refusal, RefusedError
from document_text.results import HiddenWay
from document_text.word_look import NOTHING, Properties, Styles, is_page_number, said_by, transparent
from document_text.word_package import is_harmless_link

if TYPE_CHECKING:
    from document_text.collector import Collector

# Fields that run a program or take content from elsewhere.
_ACTIVE_FIELD: Final = re.compile(
    r"\b(?:DDE|DDEAUTO|IMPORT|INCLUDE|INCLUDETEXT|DATABASE|LINK|AUTOTEXT|MACROBUTTON|CONTROL)\b"
)
_REMOTE_PICTURE: Final = re.compile(
    r"\bINCLUDEPICTURE\b.{0,20}(?:https?:|file:|\\\\)", re.IGNORECASE | re.DOTALL
)
_LINK_FIELD: Final = re.compile(r"\bHYPERLINK\s+(?:\"([^\"]*)|([^\s\"\\][^\s]*))", re.IGNORECASE)
_OPEN: Final = frozenset(
    {
        *("w:p", "w:r", "w:tbl", "w:tc", "w:tr", "w:del", "w:moveFrom", "mc:Choice", "mc:Fallback"),
        *("wps:wsp", "wp:anchor", "wp:inline", "v:shape", "v:textbox"),
    }
)
_EMBEDDED: Final = frozenset({"w:altChunk", "w:object", "w:control", "w:subDoc", "o:OLEObject"})
_WORDS: Final = frozenset({"w:t", "w:delText", "w:instrText", "m:t", "a:t", "wp:posOffset"})
_SIGNS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_SPOKEN: Final = ("descr", "title")
_FAR_EMU: Final = 15_000_000
_TINY_EMU: Final = 20_000
_TINY_ROW: Final = 60
_GONE: Final = frozenset({"w:tblStyle", "w:trHeight", "w:hidden", "wp:extent", "w:tcW"})
_UNDERSTOOD: Final = frozenset(
    [
        *(
            "wps",
            "wpg",
            "wpc",
            "wpi",
            "wp14",
            "w14",
            "w15",
            "w16",
            "w16se",
            "w16cid",
            "a14",
            "v",
            "m",
            "aink",
        ),
        *("am3d", "cx", *(f"cx{number}" for number in range(1, 9)), "c14", "c16r2", "x14", "p14"),
    ]
)
_ASIDE: Final = {"mc:Fallback": "fallback", "w:del": "deleted", "w:moveFrom": "deleted"}
_FILLS: Final = frozenset({"a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill"})


@dataclass(slots=True)
class _Place:
    """An open element that text stands in."""

    name: str
    said: Properties = NOTHING
    background: Colour | None = WHITE
    aside: str = ""
    gone: HiddenWay | None = None


class WordText:
    """Takes the events of one part (body, header, notes…).

    Args:
        collector: Takes what is found.
        styles: The document's styles.
        aside: Where all of the part belongs, for example ``comment``; empty when people see it.
    """

    def __init__(self, collector: Collector, styles: Styles, aside: str = "") -> None:
        self._collector = collector
        self._styles = styles
        self._places = [_Place("", background=WHITE, aside=aside)]
        self._inside: list[str] = []
        self._field: list[str] = []
        self._buffer = ""

    @property
    def _place(self) -> _Place:
        return self._places[-1]

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Begin of an element."""
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(name)
        if name in _EMBEDDED:
            raise RefusedError(Refusal.EMBEDDED_FILE)
        if name in _OPEN:
            self._enter(name, attributes)
        elif name in _WORDS:
            self._buffer = ""
        elif name == "w:fldSimple":
            self._check_field(attributes.get("w:instr", ""))
        elif name in _SIGNS and parent == "w:r":
            self._show(_SIGNS[name])
        elif name == "w:background":
            self._places[0].background = from_hex(attributes.get("w:color", "")) or WHITE
        elif name == "wp:docPr":
            self._collector.aside("attribute", " ".join(attributes.get(key, "") for key in _SPOKEN))
        else:
            self._look(name, parent, attributes)

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        above = self._place
        gone = above.gone
        if name == "mc:Choice" and not _UNDERSTOOD.issuperset(attributes.get("Requires", "?").split()):
            # Word shows the other choice.
            gone = gone or HiddenWay.INVISIBLE
        filled = attributes.get("fillcolor") if name == "v:shape" else None
        self._places.append(
            _Place(
                name,
                background=from_hex(filled.split(" ")[0]) if filled else above.background,
                aside=above.aside or _ASIDE.get(name, ""),
                gone=gone,
            )
        )

    def _look(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        place = self._place
        if parent in ("w:rPr", "w:pPr") and not self._is_mark():
            place.said = said_by(name, attributes, place.said, self._styles.theme)
        elif "w14:textFill" in self._inside:
            self._effect(name, attributes)
        elif name == "w:shd" and parent in ("w:tcPr", "w:tblPr"):
            place.background = next(iter(self._styles.theme.behind(attributes)), place.background)
        elif place.name in ("wps:wsp", "v:shape"):
            self._shape(name, parent, attributes)
        elif name in _GONE:
            place.gone = place.gone or self._gone(name, parent, attributes)

    def _effect(self, name: str, attributes: dict[str, str]) -> None:
        """Fills of the text effects, which hold above the colour."""
        place = self._place
        if name == "w14:noFill" or (name == "w14:alpha" and transparent(attributes.get("w14:val", ""))):
            place.gone = HiddenWay.TRANSPARENT
        elif name == "w14:srgbClr":
            colour = from_hex(attributes.get("w14:val", ""))
            place.said = replace(place.said, colour=(colour,) if colour else place.said.colour)
        elif name == "w14:schemeClr":
            colour = self._styles.theme.named(attributes.get("w14:val", ""))
            place.said = replace(place.said, colour=(colour,) if colour else place.said.colour)

    def _shape(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        """What a text box is filled with."""
        place = self._place
        if "wps:spPr" in self._inside and "a:ln" not in self._inside:
            if name in _FILLS:
                place.background = None
            elif name in ("a:srgbClr", "a:schemeClr") and parent == "a:solidFill":
                value = attributes.get("val", "")
                place.background = from_hex(value) or self._styles.theme.named(value)

    def _gone(self, name: str, parent: str, attributes: dict[str, str]) -> HiddenWay | None:
        """Why all text of a row, a table or a frame cannot be seen."""
        match name:
            case "w:tblStyle" if attributes.get("w:val", "") in self._styles.hiding_tables:
                return HiddenWay.COLOUR
            case "w:trHeight" if (
                attributes.get("w:hRule") == "exact" and _int(attributes.get("w:val")) < _TINY_ROW
            ):
                return HiddenWay.SIZE
            case "w:tcW" if (
                attributes.get("w:type", "dxa") == "dxa" and 0 < _int(attributes.get("w:w")) < _TINY_ROW
            ):
                return HiddenWay.SIZE
            case "w:hidden" if parent == "w:trPr":
                return HiddenWay.INVISIBLE
            case "wp:extent" if min(_int(attributes.get("cx")), _int(attributes.get("cy"))) < _TINY_EMU:
                return HiddenWay.SIZE
            case _:
                return None

    def _is_mark(self) -> bool:
        """Whether this is the format of a paragraph's mark, which is no text."""
        return self._inside[-2:-1] == ["w:rPr"] and "w:pPr" in self._inside[-4:-2]

    def end(self, name: str, /) -> None:
        """End of an element."""
        self._inside.pop()
        if name in ("w:t", "m:t", "a:t"):
            self._show(self._buffer)
        elif name == "w:delText":
            self._collector.aside("deleted", self._buffer)
        elif name == "w:instrText":
            self._field.append(self._buffer)
        elif name == "wp:posOffset":
            if abs(_int(self._buffer)) > _FAR_EMU:
                self._place.gone = HiddenWay.OFF_PAGE
        elif name == "w:tc":
            self._show(" | ")
        elif name in ("w:p", "w:tr"):
            self._check_field("".join(self._field))
            self._field.clear()
            self._show("\n")
        if name in _OPEN:
            self._places.pop()

    def text(self, data: str, /) -> None:
        """Characters; only those of text elements count."""
        if self._inside and self._inside[-1] in (
            "w:t",
            "w:delText",
            "w:instrText",
            "m:t",
            "a:t",
            "wp:posOffset",
        ):
            self._buffer += data

    def _check_field(self, instruction: str) -> None:
        if not instruction.strip():
            return
        if _ACTIVE_FIELD.search(instruction) or _REMOTE_PICTURE.search(instruction):
            raise RefusedError(Refusal.ACTIVE_CONTENT)
        link = _LINK_FIELD.search(instruction)
        if link is not None and not is_harmless_link(link.group(1) or link.group(2)):
            raise RefusedError(Refusal.EXTERNAL_REFERENCE)
        self._collector.aside("field", instruction)

    def _show(self, text: str) -> None:
        place = self._place
        if place.aside:
            self._collector.aside(place.aside, text)
            return
        run = next((found for found in reversed(self._places) if found.name == "w:r"), None)
        paragraph = next((found for found in reversed(self._places) if found.name == "w:p"), None)
        said = run.said if run else NOTHING
        beneath = paragraph.said if paragraph else NOTHING
        resolved = said.over(self._styles.resolved(said.style)).over(
            beneath.over(self._styles.resolved(beneath.style)).over(self._styles.defaults)
        )
        way = place.gone or resolved.way(place.background)
        if way is None and resolved.web_hidden and not is_page_number(text):
            way = HiddenWay.INVISIBLE
        if way is None:
            self._collector.show(text)
        else:
            self._collector.hide(way, text)


def _int(text: str | None) -> int:
    try:
        return int(float(text or "1000000"))
    except (ValueError, OverflowError):
        return 1_000_000
