"""JSON that a template holds as a text, with parts that only a deployment knows."""

import json
from typing import Any, Final, cast

from genai_defense.checks.values import Opaque, Text, Unresolved, Value, shown

REFERENCE: Final = "<reference>"
"""Stands inside a string for what refers to something of the deployment."""
UNKNOWN: Final = "<unknown>"
"""Stands inside a string for what cannot be resolved."""


def json_text(value: Value) -> list[dict[str, Any]] | Unresolved:
    """The objects of a JSON text: of a list, or the one that it is.

    Opaque parts are replaced inside strings. One that stands for a value of its own makes the text
    unresolved, since no JSON is left then.
    """
    text = value
    if isinstance(value, Text):
        text = "".join(_stand_in(part) for part in value.parts)
    if isinstance(text, Opaque) or not isinstance(text, str):
        return text if isinstance(text, Unresolved) else Unresolved(shown(value))
    try:
        parsed: Any = json.loads(text)
    except ValueError:
        return Unresolved(f"{text[:60]!r} is no JSON")
    listed: list[Any] = parsed if isinstance(parsed, list) else [parsed]  # pyright: ignore[reportUnknownVariableType] - JSON
    return [cast("dict[str, Any]", entry) for entry in listed if isinstance(entry, dict)]


def _stand_in(part: str | Opaque) -> str:
    if isinstance(part, str):
        return part
    return UNKNOWN if isinstance(part, Unresolved) else REFERENCE
