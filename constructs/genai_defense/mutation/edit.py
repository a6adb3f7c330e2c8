"""One change of a template, applied to a copy that shares everything else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from genai_defense.checks.values import json_object


class Removed:
    """The value of what an edit takes out."""


REMOVED: Final = Removed()
Path: TypeAlias = tuple[str | int, ...]
Templates: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Template name to its parsed body."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A value of a template that becomes another one, or goes.

    Attributes:
        template: Name of the template.
        path: Keys and list indexes from the template's top to the value; what is missing on the way is made.
        value: What stands there afterwards; `REMOVED` takes it out.
    """

    template: str
    path: Path
    value: Any = REMOVED


def edited(templates: Templates, edits: Iterable[Edit]) -> dict[str, Mapping[str, Any]]:
    """The templates with all edits made, in their order; the given ones stay as they are.

    Raises:
        KeyError: An edit names no template of these.
        TypeError: An edit leads through something that is neither an object nor a list.
    """
    changed = dict(templates)
    for edit in edits:
        made = _put(changed[edit.template], edit.path, edit.value)
        changed[edit.template] = json_object(made) or {}
    return changed


def _put(node: object, path: Path, value: object) -> object:
    key, kind = path[0], type(node).__name__
    if (body := json_object(node)) is not None:
        if (made := _made(body.get(str(key)), path[1:], value)) is REMOVED:
            return {name: inner for name, inner in body.items() if name != key}
        return {**body, str(key): made}
    if isinstance(node, list) and isinstance(key, int):
        entries = list(cast("list[object]", node))
        made = _made(entries[key] if key < len(entries) else None, path[1:], value)
        entries[key : key + 1] = [] if made is REMOVED else [made]
        return entries
    raise TypeError(f"{key!r} leads into {kind}, which has no such entries.")


def _made(inner: object, rest: Path, value: object) -> object:
    if not rest:
        return value
    return _put({} if inner is None else inner, rest, value)
