"""Pages in HTML: what people see, apart from what is hidden and what stands beside it; nothing active."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from document_text.collector import Collector
from document_text.html_style import Look, Sheet, declarations
from document_text.refusals import Refusal, RefusedError
from document_text.results import Extracted, HiddenWay, Kind

if TYPE_CHECKING:
    from document_text.limits import Limits


def words(*lines: str) -> frozenset[str]:
    """Names parted by blanks."""
    return frozenset(" ".join(lines).split())


# What changes what people see, or does something when the page is opened.
_ACTIVE: Final = frozenset(
    {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base"}
)
_DATA_SCRIPTS: Final = frozenset({"application/ld+json", "application/json"})
_VOID: Final = words("area base br col embed hr img input link meta param source track wbr")
_BLOCKS: Final = words(
    "address article aside blockquote body br caption dd details div dl dt figcaption figure footer form",
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th",
    "thead tr ul",
)
_KNOWN: Final = (
    _BLOCKS
    | _VOID
    | words(
        "a abbr b bdi bdo center cite code data del dfn em font i ins kbd mark noscript q s samp small",
        "span strong style sub sup svg template time title u var",
    )
)
_CELLS: Final = frozenset({"td", "th"})
_ENDS_BY_ITSELF: Final = {
    "p": _BLOCKS - {"br", "td", "th", "tr"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
    "option": frozenset({"option"}),
}
_UNSEEN: Final = frozenset({"template", "noscript", "noframes", "datalist", "head"})
_SPOKEN: Final = ("alt", "title", "aria-label", "placeholder", "value", "summary", "label", "content")
_SCRIPT_ADDRESS: Final = re.compile(r"(?:javascript|vbscript|data\s*:\s*text/html)", re.IGNORECASE)
_REMOTE: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_ADDRESSES: Final = (
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "srcdoc",
    "data",
    "background",
    "poster",
)
_MAX_ATTRIBUTES: Final = 100
_MAX_DEPTH: Final = 400
_IN_HEAD: Final = frozenset({"title", "meta", "link", "style", "script", "base", "noscript", "template"})
_IMPORT: Final = re.compile(r"@import\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    look: Look
    beside: bool
    """Whether its text is not part of the page, but nothing that was hidden either."""


def read_html(text: str, limits: Limits) -> Extracted:
    """Read a page.

    Raises:
        RefusedError: It is active, takes its style from elsewhere, is nested too deep, or holds no text.
    """
    collector = Collector(limits)
    sheet = Sheet()
    for style in re.finditer(r"<style\b[^>]*>(.*?)(?:</style|\Z)", text, re.IGNORECASE | re.DOTALL):
        if _IMPORT.search(style.group(1)):
            raise RefusedError(Refusal.EXTERNAL_REFERENCE)
        sheet.read(style.group(1))
    page = Page(collector, sheet)
    page.feed(text)
    page.close()
    return collector.finish(Kind.HTML)


class Page(HTMLParser):
    """Reads markup into a collector.

    Args:
        collector: Takes what is found.
        sheet: Rules of the page's style elements.
        inline: True for the markup of a Markdown text, whose own text is kept as written.
    """

    def __init__(self, collector: Collector, sheet: Sheet | None = None, *, inline: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self._collector = collector
        self._sheet = sheet or Sheet()
        self._inline = inline
        self._open: list[_Open] = []
        self._raw = ""

    @property
    def _look(self) -> Look:
        return self._open[-1].look if self._open else Look()

    def show_code(self, text: str) -> None:
        """Show text that no HTML reader looks at."""
        self._text(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element hides, refuse what it does."""
        found = {name: value or "" for name, value in attrs}
        if len(attrs) > _MAX_ATTRIBUTES or len(self._open) > _MAX_DEPTH:
            raise RefusedError(Refusal.NESTED_TOO_DEEP)
        _refuse_active(tag, found)
        while self._open and tag in _ENDS_BY_ITSELF.get(self._open[-1].tag, ()):
            self._open.pop()
        if self._open and self._open[-1].tag == "head" and tag not in _IN_HEAD:
            self._open.pop()
        self._spoken(tag, found)
        if self._inline and not found and tag not in _KNOWN:
            self._text(self.get_starttag_text() or "")
            return
        if tag in _BLOCKS and not self._inline:
            self._text(" | " if tag in _CELLS else "\n")
        if tag in _VOID:
            return
        beside = tag in _UNSEEN or found.get("aria-hidden", "").lower() == "true"
        beside = beside or bool(self._open and self._open[-1].beside)
        self._open.append(_Open(tag, self._look_of(tag, found), beside))
        if tag in ("style", "script", "title"):
            self._raw = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read as HTML does: the slash of ``<div/>`` closes nothing."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest element of this name; what is closed twice is passed over."""
        if tag == self._raw:
            self._raw = ""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                break
        if tag in _BLOCKS and not self._inline:
            self._text("\n")

    def handle_data(self, data: str) -> None:
        """Show it, or put it where it belongs."""
        if self._raw == "title" and not self._inline:
            self._collector.title += data
        elif self._raw not in ("style", "script"):
            self._text(data)

    def handle_comment(self, data: str) -> None:
        """Keep a comment apart."""
        self._collector.aside("comment", data)

    def handle_pi(self, data: str) -> None:
        """Keep an instruction apart."""
        self._collector.aside("comment", data)

    def unknown_decl(self, data: str) -> None:
        """Keep a declaration apart."""
        self._collector.aside("comment", data)

    def _text(self, data: str) -> None:
        way = self._look.way
        if self._open and self._open[-1].beside:
            self._collector.aside("unseen", data)
        elif way is None:
            self._collector.show(data)
        else:
            self._collector.hide(way, data)

    def _look_of(self, tag: str, found: dict[str, str]) -> Look:
        names = [f".{name}" for name in found.get("class", "").split()]
        if "id" in found:
            names.append(f"#{found['id']}")
        said = self._sheet.of(tag, names)
        if "color" in found:
            said["color"] = found["color"].lower()
        if "bgcolor" in found:
            said["background-color"] = found["bgcolor"].lower()
        if found.get("background"):
            said["background-image"] = "url"
        said.update(declarations(found.get("style", "")))
        look = self._look.within(said)
        if "hidden" in found:
            return Look(look.hidden or HiddenWay.INVISIBLE, look.colour, look.background)
        return look

    def _spoken(self, tag: str, found: dict[str, str]) -> None:
        for name, value in found.items():
            if name in _SPOKEN or name.startswith("data-"):
                self._collector.aside("metadata" if tag == "meta" else "attribute", value)


def _refuse_active(tag: str, found: dict[str, str]) -> None:
    if tag == "script" and found.get("type", "").strip().lower() in _DATA_SCRIPTS:
        return
    if tag in _ACTIVE or any(name.startswith("on") for name in found):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    if tag == "meta" and found.get("http-equiv", "").strip().lower() == "refresh":
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    for name in _ADDRESSES:
        value = re.sub(r"[\x00-\x20]", "", found.get(name, ""))
        if name == "srcdoc" and value:
            raise RefusedError(Refusal.ACTIVE_CONTENT)
        if _SCRIPT_ADDRESS.match(value):
            raise RefusedError(Refusal.ACTIVE_CONTENT)
    if tag == "form" and _REMOTE.match(found.get("action", "")):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    # A sheet that is not here may hide anything.
    if tag == "link" and "stylesheet" in found.get("rel", "").lower().split():
        raise RefusedError(Refusal.EXTERNAL_REFERENCE)
