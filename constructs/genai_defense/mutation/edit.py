"""One change of a template, applied to a copy that shares everything else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from genai_defense.checks.values import json_list, json_object


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
    key, rest = path[0], path[1:]
    copy: Any
    inner: object
    entries = [*json_list(cast("object", node))]
    if (body := json_object(node)) is not None:
        copy = dict(body)
        inner = copy.get(key, {})
    elif isinstance(node, list) and isinstance(key, int):
        copy = entries
        inner = entries[key] if key < len(entries) else {}
    else:
        raise TypeError(f"{key!r} leads into {type(node).__name__}, which has no such entries.")
    if not rest and value is REMOVED:
        del copy[key]
        return copy
    made = _put(inner, rest, value) if rest else value
    if isinstance(copy, list) and key == len(entries):
        entries.append(made)
    else:
        copy[key] = made
    return copy
