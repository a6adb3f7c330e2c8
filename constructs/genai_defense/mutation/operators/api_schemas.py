"""Schemas of requests: length limits, types, patterns, unknown fields."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.edit import REMOVED, Path
from genai_defense.mutation.factories import CONVENTIONAL
from genai_defense.mutation.json_texts import Opened, opened
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.shapes import is_array, is_object

_MODEL = "AWS::ApiGateway::Model"
_LIMITS = ("maxLength", "maxItems", "maximum", "maxProperties")


def _objects(node: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    if is_object(node):
        yield path, node
        for key, inner in node.items():
            yield from _objects(inner, (*path, key))
    elif is_array(node):
        for index, inner in enumerate(node):
            yield from _objects(inner, (*path, index))


def _schemas(site: Site) -> Iterator[tuple[Opened, Path, dict[str, Any]]]:
    document = opened(site, ("Schema",))
    for path, schema in _objects(document.body) if document else ():
        if document is not None and (not path or path[-1] != "properties"):
            yield document, path, schema


def _name(path: Path) -> str:
    return str(path[-1]) if path else "The body"


@operator(id="schema-limit-removed", mutant_class=CONVENTIONAL, resource_types=(_MODEL,))
def limit_out(site: Site) -> Iterator[Weakening]:
    """Each limit."""
    for document, path, schema in _schemas(site):
        for name in _LIMITS:
            if name in schema:
                yield Weakening(f"{_name(path)} has no {name}.", document.edit(((*path, name), REMOVED)))


@operator(id="schema-limit-up", mutant_class=CONVENTIONAL, resource_types=(_MODEL,))
def limit_up(site: Site) -> Iterator[Weakening]:
    """Each limit, a thousand times as high."""
    for document, path, schema in _schemas(site):
        for name in _LIMITS:
            if isinstance(present := schema.get(name), int):
                higher = max(present, 1) * 1000
                yield Weakening(
                    f"{name} of {_name(path)} is {higher}.", document.edit(((*path, name), higher))
                )


@operator(id="schema-open", mutant_class=CONVENTIONAL, resource_types=(_MODEL,))
def unknown_fields(site: Site) -> Iterator[Weakening]:
    """Each object takes fields that it does not know."""
    for document, path, schema in _schemas(site):
        if schema.get("additionalProperties") is False:
            yield Weakening(
                f"{_name(path)} takes unknown fields.", document.edit(((*path, "additionalProperties"), True))
            )


@operator(id="schema-rule-out", mutant_class=CONVENTIONAL, resource_types=(_MODEL,))
def rule_out(site: Site) -> Iterator[Weakening]:
    """Each pattern, list of values, type and list of required fields; a list of values needs no type."""
    for document, path, schema in _schemas(site):
        for name in ("pattern", "enum", "type", "required"):
            if name == "type" and "enum" in schema:
                continue
            if name in schema and not is_object(schema[name]):
                yield Weakening(f"{_name(path)} has no {name}.", document.edit(((*path, name), REMOVED)))


@operator(id="schema-empty", mutant_class=CONVENTIONAL, resource_types=(_MODEL,))
def empty(site: Site) -> Iterator[Weakening]:
    """The whole schema."""
    if (document := opened(site, ("Schema",))) is not None and document.body not in ({}, {"type": "object"}):
        yield Weakening("Every object is a good body.", document.edit(((), {"type": "object"})))
