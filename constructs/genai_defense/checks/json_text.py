"""JSON that a template holds as a text, with parts that only a deployment knows."""

import json
from typing import Any, cast

from genai_defense.checks.values import Opaque, Text, Unresolved, Value, first_unresolved, shown

PLACEHOLDER = "{}"
"""Stands for a part that refers to something of the deployment."""


def json_text(value: Value) -> list[dict[str, Any]] | Unresolved:
    """The objects of a JSON text: of a list, or the one that it is.

    A reference inside becomes `PLACEHOLDER`; an unresolved part makes the whole unresolved.
    """
    if unresolved := first_unresolved(value):
        return unresolved
    text = value
    if isinstance(value, Text):
        text = "".join(part if isinstance(part, str) else PLACEHOLDER for part in value.parts)
    if isinstance(text, Opaque) or not isinstance(text, str):
        return Unresolved(shown(value))
    try:
        parsed: Any = json.loads(text)
    except ValueError:
        return Unresolved(f"{text[:60]!r} is no JSON")
    listed = cast("list[Any]", parsed if isinstance(parsed, list) else [parsed])
    return [cast("dict[str, Any]", entry) for entry in listed if isinstance(entry, dict)]
