"""Colours of a docx: the theme's, which Word obeys, and the written ones, which other programs take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from document_text.colours import BLACK, WHITE, Colour, from_hex

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final = {
    "background1": "lt1", "light1": "lt1", "bg1": "lt1", "text1": "dk1", "dark1": "dk1", "tx1": "dk1",
    "background2": "lt2", "light2": "lt2", "bg2": "lt2", "text2": "dk2", "dark2": "dk2", "tx2": "dk2",
    "hyperlink": "hlink", "followedhyperlink": "folhlink",
}  # fmt: skip
_PATTERN: Final = re.compile(r"pct(\d+)", re.IGNORECASE)
_SLOTS: Final = frozenset(
    ["dk1", "lt1", "dk2", "lt2", "hlink", "folhlink", *(f"accent{number}" for number in range(1, 7))]
)


@dataclass(slots=True)
class Theme:
    """The theme part and the settings that map its colours.

    Args:
        colours: By slot, for example ``lt1``.
        mapped: Which slot a name of the document means, where the settings say so.
    """

    colours: dict[str, Colour] = field(default_factory=lambda: {"lt1": WHITE, "dk1": BLACK})
    mapped: dict[str, str] = field(default_factory=dict[str, str])
    _slot: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin of an element."""
        if name.startswith("a:") and name[2:].lower() in _SLOTS:
            self._slot = name[2:].lower()
        elif self._slot and name in ("a:srgbClr", "a:sysClr"):
            found = from_hex(attributes.get("lastClr", attributes.get("val", "")))
            if found is not None:
                self.colours[self._slot] = found
        elif name == "w:clrSchemeMapping":
            self.mapped = {key.removeprefix("w:"): value for key, value in attributes.items()}

    def end(self, name: str) -> None:
        """End of an element."""
        if name.startswith("a:") and name[2:].lower() == self._slot:
            self._slot = ""

    def text(self, data: str) -> None:
        """Themes say nothing to people."""

    def named(self, name: str) -> Colour | None:
        """A colour by its name in the document; None when the theme has no such."""
        slot = _NAMES.get(name.lower(), name.lower())
        short = {"lt1": "bg1", "dk1": "t1", "lt2": "bg2", "dk2": "t2"}.get(slot, slot)
        mapped = self.mapped.get(short, "").lower()
        return self.colours.get(_NAMES.get(mapped, slot))

    def seen(self, attributes: Mapping[str, str], value: str, theme: str) -> tuple[Colour, ...]:
        """The colours that programs may take for what an element says; none when it leaves it to them.

        Args:
            attributes: Of the element.
            value: Name of the attribute that holds the written colour.
            theme: Name of the one that holds the theme's.
        """
        written = from_hex(attributes.get(f"w:{value}", ""))
        name = attributes.get(f"w:{theme}", "")
        named = self.named(name) if name and name.lower() != "none" else None
        if name and name.lower() != "none" and named is None:
            # Nobody here knows what it is, so it may be that of paper or of ink.
            return WHITE, BLACK
        if named is not None:
            named = _shaded(named, attributes.get(f"w:{theme.removesuffix('Color')}Tint", ""), WHITE)
            named = _shaded(named, attributes.get(f"w:{theme.removesuffix('Color')}Shade", ""), BLACK)
        return tuple(dict.fromkeys(colour for colour in (named, written) if colour is not None))

    def behind(self, attributes: Mapping[str, str]) -> tuple[Colour, ...]:
        """The colours that a shading may have: its fill, its pattern's colour, or between."""
        fills = self.seen(attributes, "fill", "themeFill")
        pattern = attributes.get("w:val", "")
        match = _PATTERN.fullmatch(pattern)
        if pattern != "solid" and match is None:
            return fills
        share = 1.0 if match is None else min(int(match.group(1)), 100) / 100
        inks = self.seen(attributes, "color", "themeColor") or (BLACK,)
        return tuple(_mixed(ink, fill, share) for ink in inks for fill in fills or (WHITE,))


def _shaded(colour: Colour, part: str, towards: Colour) -> Colour:
    """A share of a colour, written in hexadecimal, the rest white or black."""
    try:
        return _mixed(colour, towards, int(part, 16) / 255)
    except ValueError:
        return colour


def _mixed(top: Colour, below: Colour, share: float) -> Colour:
    red, green, blue = (one * share + other * (1 - share) for one, other in zip(top, below, strict=True))
    return red, green, blue
