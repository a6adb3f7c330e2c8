"""Finds places in raw properties, through `Fn::If`, without following anything else."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from genai_defense.mutation.edit import REMOVED, Edit, Path
from genai_defense.mutation.operator import Site
from genai_defense.mutation.shapes import is_array, is_object

NO_VALUE: Mapping[str, str] = {"Ref": "AWS::NoValue"}
_NAMES = (
    "Sid",
    "Name",
    "RuleName",
    "Type",
    "LogType",
    "Id",
    "VariantName",
    "DomainName",
    "ParameterKey",
    "PathPattern",
    "ResourcePath",
    "AttributeName",
)


class Place(NamedTuple):
    """Where a value stands.

    Attributes:
        path: Keys and list indexes below `Properties`.
        value: What stands there.
        label: The entries of lists that the path leads through, as a reader would name them.
    """

    path: Path
    value: Any
    label: str


def is_set(value: object) -> bool:
    """Whether a value is there: neither missing nor `AWS::NoValue`."""
    return value is not None and value != NO_VALUE


def is_intrinsic(value: object) -> bool:
    """Whether a value is a function that the deployment evaluates."""
    return is_object(value) and len(value) == 1 and next(iter(value)) in {"Ref", "Condition", *_FUNCTIONS}


def is_plain(value: object) -> bool:
    """Whether a value is an object that is written out."""
    return is_object(value) and not is_intrinsic(value)


def places(raw: object, pattern: str) -> Iterator[Place]:
    """Every value that a dotted path names; `*` is each entry of a list, or a lone object in its stead.

    Both ends of an `Fn::If` on the way count.
    """
    keys = [key for key in pattern.split(".") if key]
    yield from _walk(raw, keys, (), "")


def removal(site: Site, path: Path) -> Edit:
    """Take a value out; a list or object that would be left empty goes with it, up to the property."""
    if len(path) > 2 and path[-2] == "Fn::If":  # noqa: PLR2004 - a property, the function and its end
        return site.edit(path, dict(NO_VALUE))
    parent: Any = site.get(*path[:-1])
    if len(path) > 1 and (is_array(parent) or is_object(parent)) and len(parent) == 1:
        return removal(site, path[:-1])
    return site.edit(path, REMOVED)


def named(entry: object, index: int) -> str:
    """What a reader calls an entry of a list: its name, type or id, and its number where it has none."""
    for name in _NAMES:
        if is_object(entry) and isinstance(found := entry.get(name), str):
            return found
    return entry if isinstance(entry, str) else f"number {index + 1}"


def _walk(node: Any, keys: list[str], path: Path, label: str) -> Iterator[Place]:
    if not is_set(node):
        return
    if is_object(node) and is_array(ends := node.get("Fn::If")):
        for index in range(1, len(ends)):
            yield from _walk(ends[index], keys, (*path, "Fn::If", index), label)
    elif not keys:
        yield Place(path, node, label)
    elif keys[0] == "*" and is_array(node):
        for index, entry in enumerate(node):
            yield from _walk(entry, keys[1:], (*path, index), f"{label} {named(entry, index)}".strip())
    elif keys[0] == "*" and is_object(node) and not is_intrinsic(node):
        yield from _walk(node, keys[1:], path, f"{label} {named(node, 0)}".strip())
    elif is_object(node) and keys[0] in node:
        yield from _walk(node[keys[0]], keys[1:], (*path, keys[0]), label)


_FUNCTIONS = (
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::Transform",
)
