"""What CSS keeps from the eye: declarations of an element and of the sheets in the page.

A selector is matched by its last part only (``#menu .item`` as ``.item``), which finds more than a browser
would. What cannot be read this way (``[lang]``, ``:not``) is matched by whatever it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from document_text.colours import WHITE, Colour, alike, from_css
from document_text.results import HiddenWay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]{1,2000})\{([^{}]{0,20000})\}")
_SIMPLE: Final = re.compile(r"[.#]?-?[A-Za-z_][\w-]*|\*")
_LENGTH: Final = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|pt|em|rem|%|vw|vh|ex|ch|cm|mm|in|)", re.IGNORECASE)
_POINTS: Final = {"px": 0.75, "": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "vw": 6.0, "vh": 6.0,
                  "ex": 6.0, "ch": 6.0, "cm": 28.3, "mm": 2.83, "in": 72.0}  # fmt: skip
_LEAST_POINTS: Final = 3.0
_FAR_POINTS: Final = 300.0
_LEAST_OPACITY: Final = 0.1
_CLIPPED: Final = re.compile(
    r"rect\(\s*(?:0|1px)[\w\s,]*\)|inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*(?:,\s*0(?:px|%)?\s+0(?:px|%)?\s*)*\)"
)
_MOVED: Final = re.compile(
    r"translate[xy3d]*\(\s*-?([0-9]{4,}px|[1-9][0-9]{3,}%|[1-9][0-9]{2,}v[wh])|scale[xy]?\(\s*0(?:\.0\d*)?\s*[,)]"
)
_MEDIA_PRINT: Final = re.compile(r"@media[^{]*\{")


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at one place of a page.

    Args:
        hidden: Why it cannot be seen; None when it can.
        colour: Of the text; None when it is not known.
        background: Behind the text; None when it is a picture or not known.
    """

    hidden: HiddenWay | None = None
    colour: Colour | None = (0.0, 0.0, 0.0)
    background: Colour | None = WHITE

    @property
    def way(self) -> HiddenWay | None:
        """Why text of this look cannot be seen."""
        if self.hidden is not None:
            return self.hidden
        if self.colour is not None and self.background is not None and alike(self.colour, self.background):
            return HiddenWay.COLOUR
        return None

    def without(self, way: HiddenWay) -> Look:
        """The look of what nobody sees here."""
        return replace(self, hidden=self.hidden or way)

    def within(self, declarations: Mapping[str, str]) -> Look:
        """The look of an element with these declarations."""
        colour, background = self.colour, self.background
        behind = declarations.get("background-color", declarations.get("background", ""))
        if behind:
            named = next(
                (found for part in re.findall(r"[\w#-]+(?:\([^)]*\))?", behind) if (found := from_css(part))),
                None,
            )
            if named is not None or "url(" in behind or "gradient(" in behind:
                background = named if "url(" not in behind and "gradient(" not in behind else None
        if "background-image" in declarations and declarations["background-image"] != "none":
            background = None
        said = declarations.get("-webkit-text-fill-color", declarations.get("color", ""))
        hidden = self.hidden or _hidden_by(declarations)
        if said == "transparent" or re.fullmatch(r"(?:rgba|hsla)\([^)]*[,/]\s*0?\.?0+\s*\)", said):
            hidden = hidden or HiddenWay.TRANSPARENT
        elif said and said not in ("inherit", "currentcolor", "initial"):
            colour = from_css(said)
        return replace(self, hidden=hidden, colour=colour, background=background)


def _points(text: str) -> float | None:
    match = _LENGTH.match(text.strip())
    return None if match is None else float(match.group(1)) * _POINTS[match.group(2).lower()]


def _hidden_by(said: Mapping[str, str]) -> HiddenWay | None:
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return HiddenWay.INVISIBLE
    if said.get("content-visibility") == "hidden":
        return HiddenWay.INVISIBLE
    opacity = said.get("opacity", "")
    if opacity:
        share = _points(opacity)
        number = (
            1.0
            if share is None
            else share / (0.12 if opacity.endswith("%") else 0.75) / (100 if opacity.endswith("%") else 1)
        )
        if number < _LEAST_OPACITY:
            return HiddenWay.TRANSPARENT
    if "opacity(0" in said.get("filter", ""):
        return HiddenWay.TRANSPARENT
    size = _points(said.get("font-size", ""))
    if size is not None and size < _LEAST_POINTS:
        return HiddenWay.SIZE
    return _off_page(said)


def _off_page(said: Mapping[str, str]) -> HiddenWay | None:
    if _CLIPPED.search(said.get("clip", "")) or _CLIPPED.search(said.get("clip-path", "")):
        return HiddenWay.OFF_PAGE
    if _MOVED.search(said.get("transform", "")):
        return HiddenWay.OFF_PAGE
    indent = _points(said.get("text-indent", ""))
    if indent is not None and abs(indent) > _FAR_POINTS:
        return HiddenWay.OFF_PAGE
    placed = said.get("position") in ("absolute", "fixed", "relative")
    for side in ("left", "top", "right", "bottom", "margin-left", "margin-top", "margin"):
        place = _points(said.get(side, ""))
        if place is not None and place < -_FAR_POINTS and (placed or side.startswith("margin")):
            return HiddenWay.OFF_PAGE
    if said.get("overflow") in ("hidden", "clip"):
        for side in ("height", "width", "max-height", "max-width"):
            extent = _points(said.get(side, ""))
            if extent is not None and extent < _LEAST_POINTS:
                return HiddenWay.OFF_PAGE
    return None


def declarations(text: str) -> dict[str, str]:
    """The declarations of a ``style`` attribute or of a rule; the last of a name counts."""
    found: dict[str, str] = {}
    for part in _COMMENT.sub(" ", text).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[_unescaped(name.strip().lower())] = _unescaped(
                value.lower().replace("!important", "").strip()
            )
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-9a-f]{1,6})\s?", lambda match: chr(min(int(match.group(1), 16), 0x10FFFF)), text)


@dataclass(slots=True)
class Sheet:
    """The rules of a page's style elements, by the last part of their selectors."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def read(self, css: str) -> None:
        """Add the rules of a style element. Those for paper and for screens count alike."""
        css = _MEDIA_PRINT.sub(" ", _COMMENT.sub(" ", css))
        for rule in _RULE.finditer(css):
            said = declarations(rule.group(2))
            for selector in rule.group(1).split(","):
                for name in _last_names(selector):
                    self.rules.setdefault(name, {}).update(said)

    def of(self, tag: str, names: Iterable[str]) -> dict[str, str]:
        """What the rules say of an element with this tag and these ``.classes`` and ``#id``."""
        if not self.rules:
            return {}
        found: dict[str, str] = {}
        for name in ("*", tag, *names):
            found.update(self.rules.get(name, {}))
        return found


def _last_names(selector: str) -> list[str]:
    if "::" in selector or re.search(
        r":(?:before|after|hover|focus|active|visited|target|checked)\b", selector
    ):
        return []
    parts = re.split(r"[\s>+~]+", selector.strip())
    names = _SIMPLE.findall(re.sub(r"\[[^\]]*\]|:[\w-]+(?:\([^)]*\))?", " ", parts[-1]) if parts else "")
    special = [name for name in names if name[0] in ".#"]
    return [name if name[0] in ".#" else name.lower() for name in (special or names)]
