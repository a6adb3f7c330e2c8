"""Names, classes and attributes that selectors ask for."""

from __future__ import annotations

from typing import Any, Final

NO: Final = 0
MAYBE: Final = 1
YES: Final = 2


def equal(one: str, other: str) -> int:
    """Pages without a document type do not tell capitals from small letters."""
    if one == other:
        return YES
    return MAYBE if one.lower() == other.lower() else NO


def has_attribute(parts: list[Any], element: Any) -> int:
    """How sure it is that an element has what stands in brackets."""
    if not parts or parts[0].type != "ident":
        return MAYBE
    held = {name.lower(): value or "" for name, value in element.attrs.items()}
    name = parts[0].lower_value
    if len(parts) == 1:
        return YES if name in held else NO
    operator = "".join(part.value for part in parts[1:] if part.type == "literal")
    values = [part.value for part in parts[1:] if part.type in ("ident", "string")]
    if operator not in ("=", "~=", "|=", "^=", "$=", "*=") or not values:
        return MAYBE
    if name not in held:
        return NO
    if _compares(operator, held[name], values[0]):
        return YES
    return MAYBE if _compares(operator, held[name].lower(), values[0].lower()) else NO


def _compares(operator: str, held: str, value: str) -> bool:
    match operator:
        case "=":
            return held == value
        case "~=":
            return value in held.split()
        case "|=":
            return held == value or held.startswith(f"{value}-")
        case "^=":
            return bool(value) and held.startswith(value)
        case "$=":
            return bool(value) and held.endswith(value)
        case _:
            return bool(value) and value in held
