"""Which resources a property speaks of, also where what it says is known only at deployment."""

from collections.abc import Iterator
from typing import Any

from genai_defense.checks.resolver import Resolver
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import json_list, json_object, references


def mentions(resource: Resource, path: str, graph: TemplateGraph) -> Iterator[Resource]:
    """The resources that stand in a property, once each.

    `Fn::Select` of a `Fn::Split` cuts a name out of an address, which nobody can do before the deployment:
    what stands in the argument counts then.

    Args:
        resource: The resource.
        path: Dotted path of the property; empty for all of them.
        graph: Where references lead.
    """
    raw = raw_property(resource, path)
    found = dict.fromkeys(each for each in _named(raw, resource, Resolver(graph)) if each is not resource)
    yield from found


def raw_property(resource: Resource, path: str) -> Any:
    """A property as the template writes it; None where it is missing."""
    raw: Any = (resource.template.entry("Resources", resource.logical_id) or {}).get("Properties")
    for key in path.split(".") if path else ():
        raw = (json_object(raw) or {}).get(key)
    return raw


def _named(raw: Any, resource: Resource, resolver: Resolver) -> Iterator[Resource]:
    body = json_object(raw)
    if body is None:
        for inner in json_list(raw):
            yield from _named(inner, resource, resolver)
        return
    if len(body) == 1 and str(next(iter(body))).startswith(("Ref", "Fn::")):
        found = [each.resource for each in references(resolver.resolve(body, resource.template))]
        yield from found
        if found:
            return
    for inner in body.values():
        yield from _named(inner, resource, resolver)
