"""How text looks at one place of a page, from what is said of the elements around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from document_text.colours import BLACK, WHITE, Colour, alike
from document_text.css_colours import Tinted, over, tinted
from document_text.css_hiding import font_size, hidden_by, opacity_of
from document_text.css_values import substituted, tokens
from document_text.results import HiddenWay

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEAST_PIXELS: Final = 4.0
_LEAST_OPACITY: Final = 0.1
_DARK: Final[Colour] = (0.07, 0.07, 0.07)
_KEPT: Final = frozenset(["inherit", "unset", "currentcolor", "revert", "revert-layer"])
_PLACES: Final = frozenset(
    [
        *(
            "none",
            "repeat",
            "no-repeat",
            "repeat-x",
            "repeat-y",
            "space",
            "round",
            "scroll",
            "fixed",
            "local",
        ),
        *(
            "left",
            "right",
            "top",
            "bottom",
            "center",
            "cover",
            "contain",
            "auto",
            "border-box",
            "padding-box",
        ),
        *("content-box", "text", "transparent", "inherit", "initial"),
    ]
)
_PLAIN: Final = frozenset(["none", "transparent", "inherit", "initial", "unset", "revert", "revert-layer"])
_NO_VALUE: Final = "\0"
"""Stands for a value that cannot be worked out; whatever it would say, it hides."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at one place of a page.

    Args:
        hidden: Why it cannot be seen; None when it can.
        colour: Of the text; None when it cannot be worked out.
        behind: All colours that may lie behind the text; empty when they cannot be worked out.
        font: Height of the text in pixels.
        opacity: How much of it is seen.
        variables: What the page named.
        dark: Whether the canvas is.
    """

    hidden: HiddenWay | None = None
    colour: Tinted | None = (BLACK, 1.0)
    behind: tuple[Colour, ...] = (WHITE,)
    font: float = 16.0
    opacity: float = 1.0
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dark: bool = False

    @property
    def way(self) -> HiddenWay | None:  # noqa: PLR0911 - a case for each way
        """Why text of this look cannot be seen."""
        if self.hidden is not None:
            return self.hidden
        if self.font < _LEAST_PIXELS:
            return HiddenWay.SIZE
        if self.opacity < _LEAST_OPACITY:
            return HiddenWay.TRANSPARENT
        if self.colour is None or not self.behind:
            return HiddenWay.COLOUR
        if self.colour[1] < _LEAST_OPACITY:
            return HiddenWay.TRANSPARENT
        seen = self.colour
        if any(alike(over(seen, below), below) for below in self.behind):
            return HiddenWay.COLOUR
        return None

    @property
    def lasting_way(self) -> HiddenWay | None:
        """Why text of this look cannot be seen, colours left out: more may change with them."""
        if self.hidden is None and self.font >= _LEAST_PIXELS and self.opacity >= _LEAST_OPACITY:
            return None
        return self.way

    @classmethod
    def of_canvas(cls, *, dark: bool) -> Look:
        """The look of an empty page."""
        return cls(colour=(WHITE, 1.0), behind=(_DARK,), dark=True) if dark else cls()

    def without(self, way: HiddenWay) -> Look:
        """The look of what nobody sees here."""
        return replace(self, hidden=self.hidden or way)

    def within(self, declared: Mapping[str, str]) -> Look:
        """The look of an element of which this is said."""
        if not declared:
            return self
        named = {name: value for name, value in declared.items() if name.startswith("--")}
        variables = {**self.variables, **named} if named else self.variables
        said = {
            name: _NO_VALUE if (value := substituted(told, variables)) is None else value.lower()
            for name, told in declared.items()
            if not name.startswith("--")
        }
        font = font_size(said, self.font)
        opacity = opacity_of(said.get("opacity", "1"))
        hidden = (
            self.hidden or (HiddenWay.SIZE if font is None else None) or hidden_by(said, font or self.font)
        )
        if opacity is None:
            hidden = hidden or HiddenWay.TRANSPARENT
        return Look(
            hidden,
            self._coloured(said),
            self._backed(said),
            self.font if font is None else font,
            self.opacity * (1.0 if opacity is None else opacity),
            variables,
            self.dark,
        )

    def _coloured(self, said: Mapping[str, str]) -> Tinted | None:
        text = said.get("-webkit-text-fill-color", said.get("color", ""))
        if text in _KEPT and text == said.get("-webkit-text-fill-color"):
            text = said.get("color", "")
        if not text or text in _KEPT:
            return self.colour
        if text == "initial":
            return BLACK, 1.0
        found = tokens(text)
        return tinted(found[0], dark=self.dark) if len(found) == 1 else None

    def _backed(self, said: Mapping[str, str]) -> tuple[Colour, ...]:
        behind = self.behind
        for name in ("background", "background-color", "background-image"):
            text = said.get(name, "")
            if not text or text in _PLAIN:
                continue
            if text == _NO_VALUE:
                return ()
            layers = _layers(tokens(text), dark=self.dark)
            if layers is None:
                return ()
            colours, stops = layers
            for top in colours:
                behind = tuple(over(top, below) for below in behind)
            if stops:
                behind = tuple(dict.fromkeys(over(top, below) for top in stops for below in behind))[:64]
        return behind


def _layers(found: list[Any], *, dark: bool) -> tuple[list[Tinted], list[Tinted]] | None:
    """The colours of a background and those of its gradients; None when one cannot be worked out.

    A picture is not here to be looked at, and may be missing: what counts is the colour beneath it.
    """
    colours: list[Tinted] = []
    stops: list[Tinted] = []
    for token in found:
        if token.type not in ("ident", "hash", "function"):
            continue
        colour = tinted(token, dark=dark)
        if colour is not None:
            colours.append(colour)
        elif token.type == "function" and "gradient" in token.lower_name:
            parts = [part for part in token.arguments if part.type in ("ident", "hash", "function")]
            found_stops = [stop for part in parts if (stop := tinted(part, dark=dark)) is not None]
            if any(tinted(part) is None and _is_colour(part) for part in parts):
                return None
            stops += found_stops
        elif _is_colour(token) or (token.type == "ident" and token.lower_value not in _PLACES):
            return None
    return colours, stops


def _is_colour(token: Any) -> bool:
    """Whether a token that is no colour to us may be one to a browser."""
    if token.type == "function":
        return token.lower_name not in (
            "calc",
            "min",
            "max",
            "clamp",
            "url",
            "image-set",
            "-webkit-image-set",
            "var",
        )
    return bool(token.type == "hash" or token.lower_value == _NO_VALUE)
