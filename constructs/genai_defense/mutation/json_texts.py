"""Opens JSON that is written as a text, with intrinsics in it, and closes it again."""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from genai_defense.mutation.edit import Edit, Path, edited
from genai_defense.mutation.operator import Site
from genai_defense.mutation.shapes import is_array, is_object

_MARK = re.compile("\ue000(\\d+)\ue001")


class Opened(NamedTuple):
    """A document of a property, whether it is an object or a text.

    Attributes:
        site: The resource.
        path: Where it stands.
        body: The document.
        seal: From a changed document to the property's value.
        is_text: Whether it is a text, so that every edit replaces all of it.
    """

    site: Site
    path: Path
    body: Any
    seal: Callable[[Any], Any]
    is_text: bool

    def edit(self, *changes: tuple[Path, Any]) -> tuple[Edit, ...]:
        """Edits of the property that put values at paths of the document."""
        if not self.is_text:
            return tuple(self.site.edit((*self.path, *path), value) for path, value in changes)
        inner = [Edit(template="", path=("document", *path), value=value) for path, value in changes]
        body = edited({"": {"document": self.body}}, inner)[""]["document"]
        return (self.site.edit(self.path, self.seal(body)),)


def opened(site: Site, path: Path) -> Opened | None:
    """The document at a path; None where it is no JSON."""
    raw = site.get(*path)
    if is_object(raw) and not {"Fn::Sub", "Fn::Join"} & raw.keys() and len(raw.keys() & {"Ref"}) == 0:
        return Opened(site, path, raw, _as_it_is, is_text=False)
    if is_array(raw):
        return Opened(site, path, raw, _as_it_is, is_text=False)
    text, parts = _text(raw)
    try:
        body = json.loads(text)
    except ValueError:
        return None
    return Opened(site, path, body, partial(_closed, raw, parts), is_text=True)


def _as_it_is(body: Any) -> Any:
    return body


def _text(raw: Any) -> tuple[str, list[Any]]:
    """The text with a mark for each intrinsic, and the intrinsics."""
    if isinstance(raw, str):
        return raw, []
    if is_object(raw) and is_array(joined := raw.get("Fn::Join")) and len(joined) > 1:
        pieces = joined[1] if joined[0] == "" and is_array(joined[1]) else []
        parts = [piece for piece in pieces if not isinstance(piece, str)]
        numbers = iter(range(len(parts)))
        marked = (p if isinstance(p, str) else f"\ue000{next(numbers)}\ue001" for p in pieces)
        return "".join(marked), parts
    if is_object(raw) and "Fn::Sub" in raw:
        sub = raw["Fn::Sub"]
        text = sub[0] if is_array(sub) and sub else sub
        return (text, []) if isinstance(text, str) else ("", [])
    return "", []


def _closed(raw: Any, parts: list[Any], body: Any) -> Any:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if isinstance(raw, str):
        return text
    if "Fn::Sub" in raw:
        sub = raw["Fn::Sub"]
        return {"Fn::Sub": [text, *sub[1:]] if is_array(sub) else text}
    pieces: list[Any] = []
    for index, piece in enumerate(_MARK.split(text)):
        if index % 2:
            pieces.append(parts[int(piece)])
        elif piece:
            pieces.append(piece)
    return {"Fn::Join": ["", pieces]}
