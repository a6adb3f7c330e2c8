"""What a property's value can be once its references are followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from genai_defense.checks.template_graph import Resource


GIVEN = "is given at deployment"
"""How the reason of an unresolved parameter ends."""


class Opaque:
    """A value that the template alone does not spell out."""

    @property
    def why(self) -> str:
        """What is known about it, for a message."""
        raise NotImplementedError


@dataclass(frozen=True)
class Unresolved(Opaque):
    """A value that only a deployment knows."""

    reason: str

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason


@dataclass(frozen=True)
class Pseudo(Opaque):
    """A pseudo parameter, such as `AWS::Region`: unknown, but never under a caller's control."""

    name: str

    @property
    def why(self) -> str:
        """Its name."""
        return f"it is {self.name}"


@dataclass(frozen=True)
class Reference(Opaque):
    """A resource of the graph, in this stack or in another one.

    Attributes:
        resource: The resource.
        attribute: The attribute read, such as `Arn`; `Ref` for a plain reference.
    """

    resource: Resource
    attribute: str

    @property
    def why(self) -> str:
        """The resource and its attribute."""
        return f"it is {self.attribute} of {self.resource.logical_id} ({self.resource.type})"


@dataclass(frozen=True)
class Text(Opaque):
    """A string of which parts are opaque; neighbouring literal parts are joined."""

    parts: tuple[str | Opaque, ...]

    @property
    def why(self) -> str:
        """The string, with its opaque parts in braces."""
        shown = "".join(
            p if isinstance(p, str) else f"{{{p.why.removeprefix('it is ')}}}" for p in self.parts
        )
        return f"it is {shown!r}"


Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | Opaque | None"


def json_object(raw: object) -> dict[str, Any] | None:
    """A JSON object with its type, or None for anything else."""
    return cast("dict[str, Any]", raw) if isinstance(raw, dict) else None


def json_list(raw: object) -> Sequence[Any]:
    """A JSON array with its type; empty for anything else."""
    return cast("Sequence[Any]", raw) if isinstance(raw, list) else ()


def dig(value: Value, path: str) -> Value:
    """Follow a dotted path of object keys; None where a key is missing, opaque where the way is."""
    for key in path.split("."):
        if value is None:
            return None
        if isinstance(value, dict):
            value = value.get(key)
        else:
            return (
                value
                if isinstance(value, Unresolved)
                else Unresolved(f"{key} cannot be read: {shown(value)}")
            )
    return value


def items(value: Value) -> list[Value]:
    """A list as it is, nothing for None, and a lone value as a list of one, as IAM reads it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def typed_items(entries: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Path, `Type` and content of each entry of a list; the type is opaque where the entry is."""
    for index, entry in enumerate(items(entries)):
        yield f"{path}.{index}", entry if isinstance(entry, Opaque) else dig(entry, "Type"), entry


def flag(value: Value, *, default: bool) -> bool | Opaque:
    """A boolean, written as `true` or as `"true"`; anything else is opaque, and None is the default."""
    if value is None:
        return default
    if isinstance(value, Opaque):
        return value
    known = {"true": True, "false": False}.get(str(value).lower())
    return Unresolved(f"{value!r} is not true or false") if known is None else known


def whole(value: Value, *, default: int) -> int | Opaque:
    """A whole number, written as `12` or as `"12"`; anything else is opaque, and None is the default."""
    if value is None:
        return default
    if isinstance(value, Opaque):
        return value
    text = "" if isinstance(value, bool) else str(value)
    return int(text) if text.isascii() and text.isdecimal() else Unresolved(f"{value!r} is no whole number")


def shown(value: Value) -> str:
    """A short rendering for a message."""
    if isinstance(value, Opaque):
        return value.why
    return "not set" if value is None else repr(value)


def first_unresolved(value: Value) -> Unresolved | None:
    """The first unresolved value inside a value, however deep."""
    if isinstance(value, Unresolved):
        return value
    inner: Iterable[Value] = ()
    if isinstance(value, Text):
        inner = (part for part in value.parts if not isinstance(part, str))
    elif isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
    return next((found for each in inner if (found := first_unresolved(each))), None)


def references(value: Value) -> Iterator[Reference]:
    """Every reference inside a value, however deep."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, Text):
        for part in value.parts:
            if not isinstance(part, str):
                yield from references(part)
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from references(inner)
