"""Layers of a PDF (optional content): which are off when the document is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from document_text.pdf_graphics import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

Layers = frozenset[tuple[int, int]]


def layers_off(page: Any) -> Layers:
    """Numbers of the layers that are off."""
    root: Any = page.pdf.root_object if page.pdf is not None else DictionaryObject()
    properties = resolved(root.get("/OCProperties"))
    if not isinstance(properties, DictionaryObject):
        return frozenset()
    default = resolved(properties.get("/D"))
    default = default if isinstance(default, DictionaryObject) else DictionaryObject()
    off = set(_numbers(default.get("/OFF")))
    if default.get("/BaseState") == "/OFF":
        off |= set(_numbers(properties.get("/OCGs"))) - set(_numbers(default.get("/ON")))
    return frozenset(off)


def is_off(layer: Any, off: Layers) -> bool:
    """Whether what belongs to a layer, or to a group of layers, is not shown."""
    if isinstance(layer, IndirectObject) and (layer.idnum, layer.generation) in off:
        return True
    found = resolved(layer)
    if not isinstance(found, DictionaryObject) or "/OCGs" not in found:
        return False
    members = found.raw_get("/OCGs")
    group = (
        [members]
        if isinstance(members, IndirectObject) and not isinstance(resolved(members), ArrayObject)
        else None
    )
    numbers = set(_numbers(group or members))
    return bool(numbers) and numbers <= off


def _numbers(value: Any) -> Iterator[tuple[int, int]]:
    items = cast("list[Any]", value if isinstance(value, list) else resolved(value) or [])
    for item in items:
        if isinstance(item, IndirectObject):
            yield (item.idnum, item.generation)
