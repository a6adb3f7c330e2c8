"""Pages in HTML: what people see, apart from what is hidden and what stands beside it; nothing active."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from justhtml import Element

from document_text.collector import Collector
from document_text.css_sheet import Sheet
from document_text.html_active import refuse_active, refuse_raw
from document_text.html_style import Look
from document_text.html_tree import children_of, elements, trees_of
from document_text.results import Extracted, HiddenWay, Kind

if TYPE_CHECKING:
    from justhtml import Node

    from document_text.limits import Limits


def words(*lines: str) -> frozenset[str]:
    """Names parted by blanks."""
    return frozenset(" ".join(lines).split())


_BLOCKS: Final = words(
    "address article aside blockquote body br caption dd details dialog div dl dt figcaption figure footer",
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th",
    "thead tr ul",
)
_CELLS: Final = frozenset({"td", "th"})
_ROWS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_UNSEEN: Final = words(
    "template noscript noframes noembed datalist head select rp audio video canvas progress meter",
    "defs symbol desc metadata clippath annotation annotation-xml",
)
_SILENT: Final = frozenset({"style", "script"})
_SPOKEN: Final = ("alt", "title", "aria-label", "placeholder", "value", "summary", "label", "content")
_DRAWN: Final = {
    "fill": "color",
    **{name: name for name in ("display", "visibility", "opacity", "fill-opacity", "font-size", "transform")},
    **{name: name for name in ("clip-path", "mask", "filter")},
}
_BY_ITSELF: Final[dict[str, dict[str, str]]] = {
    "a": {"color": "#0000ee"},
    "mark": {"color": "black", "background-color": "yellow"},
    "small": {"font-size": "smaller"},
    "sub": {"font-size": "smaller"},
    "sup": {"font-size": "smaller"},
    "button": {"color": "black", "background-color": "#efefef"},
    "textarea": {"color": "black", "background-color": "white"},
    "mphantom": {"visibility": "hidden"},
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands.

    Args:
        looks: How text looks there, in the light and in the dark.
        beside: Whether text is not part of the page there, but nothing that was hidden either.
        drawn: Whether it stands in a drawing.
    """

    looks: tuple[Look, ...]
    beside: bool = False
    drawn: bool = False


def read_html(text: str, limits: Limits) -> Extracted:
    """Read a page.

    Raises:
        RefusedError: It is active, takes its style from elsewhere, is nested too deep, or holds no text.
    """
    collector = Collector(limits)
    show_page(text, collector)
    return collector.finish(Kind.HTML)


def show_page(source: str, collector: Collector, *, fragment: bool = False) -> None:
    """Read markup into a collector.

    Args:
        source: The page.
        collector: Takes what is found.
        fragment: True for markup that stands within a page.

    Raises:
        RefusedError: It is active, takes its style from elsewhere, or is nested too deep.
    """
    refuse_raw(source)
    trees = trees_of(source, fragment=fragment)
    for tree in trees:
        refuse_active(tree)
    sheets = (Sheet(), Sheet(dark=True)) if "dark" in source.lower() else (Sheet(),)
    for element in elements(trees[0]):
        if element.name == "style":
            for sheet in sheets:
                sheet.read("".join(str(child.data or "") for child in children_of(element)))
        if "dark" in (element.attrs.get("content") or "") and element.attrs.get("name") == "color-scheme":
            for sheet in sheets:
                sheet.schemed = True
    _Page(collector, sheets).show(trees[0])


class _Page:
    def __init__(self, collector: Collector, sheets: tuple[Sheet, ...]) -> None:
        self._collector = collector
        self._sheets = sheets

    def show(self, root: Node) -> None:
        """Go through the tree in order, without recursion: its depth is a stranger's."""
        waiting: list[tuple[Any, _Place]] = [
            (root, _Place(tuple(Look.of_canvas(dark=sheet.dark and sheet.schemed) for sheet in self._sheets)))
        ]
        while waiting:
            node, place = waiting.pop()
            if isinstance(node, str):
                self._text(node, place)
            elif node.name == "#text":
                data = str(node.data or "")
                self._text(" " if node.parent.name in _ROWS and not data.strip() else data, place)
            elif node.name in ("#comment", "#processing-instruction"):
                self._collector.aside("comment", str(node.data or ""))
            elif isinstance(node, Element):
                waiting += reversed(self._entered(node, place))
            else:
                waiting += [(child, place) for child in reversed(children_of(node))]

    def _entered(self, element: Element, outer: _Place) -> list[tuple[Any, _Place]]:
        tag = element.name.lower()
        found = {name.lower(): value or "" for name, value in element.attrs.items()}
        self._spoken(tag, found)
        if tag in _SILENT:
            return []
        if tag == "title" and not outer.drawn:
            self._collector.title += "".join(str(child.data or "") for child in children_of(element))
            return []
        drawn = outer.drawn or element.namespace not in (None, "html")
        beside = outer.beside or tag in _UNSEEN or found.get("aria-hidden", "").lower() == "true"
        place = _Place(self._looks_of(element, found, outer), beside or (drawn and tag == "title"), drawn)
        inside: list[tuple[Any, _Place]] = [
            (child, self._in_details(child, place) if tag == "details" and "open" not in found else place)
            for child in children_of(element)
        ]
        if tag not in _BLOCKS:
            return inside
        if tag in _CELLS:
            return [(" | ", outer), *inside]
        return [("\n", outer), *inside, ("\n", outer)]

    @staticmethod
    def _in_details(child: Any, place: _Place) -> _Place:
        """Of closed details only the summary is seen."""
        if child.name == "summary":
            return place
        return _Place(
            tuple(look.without(HiddenWay.INVISIBLE) for look in place.looks), place.beside, place.drawn
        )

    def _text(self, data: str, place: _Place) -> None:
        way = next((look.way for look in place.looks if look.way is not None), None)
        if place.beside:
            self._collector.aside("unseen", data)
        elif way is None:
            self._collector.show(data)
        else:
            self._collector.hide(way, data)

    def _looks_of(self, element: Element, found: dict[str, str], outer: _Place) -> tuple[Look, ...]:
        tag = element.name.lower()
        own = _attributes_say(tag, found)
        closed = (tag == "dialog" and "open" not in found) or bool({"hidden", "popover"} & found.keys())
        looks: list[Look] = []
        for sheet, look in zip(self._sheets, outer.looks, strict=True):
            said, perhaps = sheet.of(element, found.get("style", ""))
            if outer.drawn and "fill" in said:
                said["color"] = said["fill"]
            inner = look.within({**own, **said})
            for more in perhaps:
                if (
                    inner.hidden is None
                    and (way := look.within({**own, **said, **more}).lasting_way) is not None
                ):
                    inner = inner.without(way)
            looks.append(inner.without(HiddenWay.INVISIBLE) if closed else inner)
        return tuple(looks)

    def _spoken(self, tag: str, found: dict[str, str]) -> None:
        for name, value in found.items():
            if name in _SPOKEN or name.startswith("data-"):
                self._collector.aside("metadata" if tag == "meta" else "attribute", value)


def _attributes_say(tag: str, found: dict[str, str]) -> dict[str, str]:
    """What browsers know of an element, and what its attributes say of its look."""
    said = dict(_BY_ITSELF.get(tag, {})) if tag != "a" or "href" in found else {}
    for name, as_css in _DRAWN.items():
        if name in found:
            said[as_css] = found[name].lower()
    for name in ("color", "text", "mathcolor"):
        if name in found and tag != "link":
            said["color"] = _old_colour(found[name])
    for name in ("bgcolor", "mathbackground"):
        if name in found:
            said["background-color"] = _old_colour(found[name])
    return said


def _old_colour(text: str) -> str:
    """Before CSS, colours were written without their sign."""
    text = text.strip().lower()
    return f"#{text}" if re.fullmatch("[0-9a-f]{3}|[0-9a-f]{6}", text) else text
