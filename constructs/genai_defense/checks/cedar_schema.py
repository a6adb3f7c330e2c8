"""Reads the attributes that the schema of a policy store declares."""

import json
from collections.abc import Iterator
from typing import Any

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Unresolved, Value, json_object

_TEXT = "Schema.CedarJson"


def attributes_of(store: Resource) -> dict[str, set[str]] | Opaque | None:
    """Name of each attribute, of entities and of contexts, to its types; None without a schema."""
    if store.get("Schema") is None:
        return None
    text: Value = store.get(_TEXT)
    if not isinstance(text, str):
        return text if isinstance(text, Opaque) else Unresolved("the schema is no text")
    try:
        read: object = json.loads(text)
    except ValueError:
        return Unresolved("the schema is no JSON")
    found: dict[str, set[str]] = {}
    for name, kind in _declared(read):
        found.setdefault(name, set()).add(kind)
    return found


def _declared(node: object) -> Iterator[tuple[str, str]]:
    """Attribute and type, however deep; common types are records like any other."""
    body = json_object(node)
    for name, value in ((json_object(body.get("attributes")) or {}) if body else {}).items():
        yield name, str((json_object(value) or {}).get("type"))
    inner: list[Any] = list(body.values()) if body else []
    for each in inner:
        yield from _declared(each)
