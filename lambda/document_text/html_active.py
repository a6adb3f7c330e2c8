"""What a page may not hold: scripts, frames, whatever acts when it is opened, and style from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from document_text.html_tree import elements
from document_text.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from justhtml import Element, Node

# What changes what people see, or does something when the page is opened.
_ACTIVE: Final = frozenset(
    ["script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "fencedframe"]
)
_DATA_SCRIPTS: Final = frozenset({"application/ld+json", "application/json"})
_SCRIPT_ADDRESS: Final = re.compile(r"(?:^|[;,])(?:javascript|vbscript|livescript):", re.IGNORECASE)
_DATA_ADDRESS: Final = re.compile(r"data:[^,]*(?:html|svg|xml|script)", re.IGNORECASE)
_PICTURES: Final = frozenset({"img", "image", "source", "link", "meta"})
_TOLD: Final = frozenset({"alt", "title", "aria-label", "placeholder", "summary", "label", "content"})
_REMOTE: Final = re.compile(r"\s*(?:https?:)?[/\\]{2}", re.IGNORECASE)
_IMPORT: Final = re.compile(r"@\s*(?:import|\\0{0,4}69)", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[\x00-\x20]")
# Readers other than browsers take a page apart in other ways, so the source itself is looked at as well.
_RAW_SCRIPT: Final = re.compile(
    r"<script\b(?![^<>]*\btype\s*=\s*[\"']?\s*application/(?:ld\+)?json\b)", re.IGNORECASE
)
_RAW_TAG: Final = re.compile(r"<[a-z][^\s/>]*", re.IGNORECASE)
_RAW_ATTRIBUTE: Final = re.compile(r"[\s/]+([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_RAW_HANDLER: Final = re.compile(r"<[a-z][^<>]*[\s\"'/]on[a-z]{3,24}\s*=", re.IGNORECASE)


def refuse_raw(source: str) -> None:
    """Look at the source of a page, whatever its parser makes of it.

    Raises:
        RefusedError: It holds the begin of a script or of an element with an event handler, or two attributes
            of one name, of which browsers take the first and other readers the last.
    """
    if _RAW_SCRIPT.search(source) or _RAW_HANDLER.search(source):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    for tag in _RAW_TAG.finditer(source):
        names: set[str] = set()
        at = tag.end()
        while attribute := _RAW_ATTRIBUTE.match(source, at):
            name, at = attribute.group(1).lower(), attribute.end()
            if name in names:
                raise RefusedError(Refusal.DAMAGED)
            names.add(name)


def refuse_active(root: Node) -> None:
    """Look at every element of a page, templates included.

    Raises:
        RefusedError: One acts, or takes the page's style from elsewhere.
    """
    for element in elements(root):
        found = {name.lower(): value or "" for name, value in element.attrs.items()}
        if element.name == "script":
            _refuse_script(found)
            continue
        if element.name in _ACTIVE or any(name.startswith("on") for name in found):
            raise RefusedError(Refusal.ACTIVE_CONTENT)
        _refuse_attributes(element.name, found)
        if element.name == "style" and _IMPORT.search(_content(element)):
            raise RefusedError(Refusal.EXTERNAL_REFERENCE)


def _refuse_script(found: Mapping[str, str]) -> None:
    if found.get("type", "").strip().lower() not in _DATA_SCRIPTS or "src" in found or "href" in found:
        raise RefusedError(Refusal.ACTIVE_CONTENT)


def _refuse_attributes(tag: str, found: Mapping[str, str]) -> None:
    if found.get("http-equiv", "").strip().lower() == "refresh":
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    # A template of this kind replaces what people see of the element around it.
    if "srcdoc" in found or any(name.startswith("shadowroot") for name in found):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    for name, told in found.items():
        value = _BLANKS.sub("", told)
        if name in _TOLD:
            continue
        if _SCRIPT_ADDRESS.search(value) or (_DATA_ADDRESS.match(value) and tag not in _PICTURES):
            raise RefusedError(Refusal.ACTIVE_CONTENT)
    if any(_REMOTE.match(found.get(name, "")) for name in ("action", "formaction")):
        raise RefusedError(Refusal.ACTIVE_CONTENT)
    # A sheet that is not here may hide anything.
    if tag == "link" and "stylesheet" in found.get("rel", "").lower().split():
        raise RefusedError(Refusal.EXTERNAL_REFERENCE)


def _content(element: Element) -> str:
    return "".join(str(child.data or "") for child in element.children if child.name == "#text")
