"""Exchanges entries of a live graph for a while, and says what is different then."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from genai_defense.checks.values import json_object
from genai_defense.mutation.incremental.graph import RESOURCES, LiveGraph, LiveResource
from genai_defense.mutation.incremental.reads import (
    EVERYTHING,
    Fact,
    body_of,
    existence_of,
    list_of,
    referrers_of,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from genai_defense.checks.template_graph import Template


class Difference(NamedTuple):
    """What is different.

    Attributes:
        facts: What reads otherwise.
        added: Resources that were not there.
    """

    facts: set[Fact]
    added: list[LiveResource]


class Exchange:
    """Exchanges entries of one graph.

    Args:
        graph: The graph, as its templates are without any change.
    """

    def __init__(self, graph: LiveGraph) -> None:
        self._graph = graph
        self._readers: dict[Fact, list[LiveResource]] = defaultdict(list)
        for resource in graph.live.values():
            for fact in resource.facts:
                self._readers[fact].append(resource)

    @contextmanager
    def made(self, bodies: Mapping[str, Mapping[str, Any]]) -> Generator[Difference]:
        """Exchange the resources of some templates, and put them back at the end.

        Args:
            bodies: Template name to its changed body; sections other than `Resources` are as they were.
        """
        graph, listed = self._graph, self._graph.live
        with ExitStack() as back:
            back.callback(graph.index)
            back.callback(setattr, graph, "live", listed)
            for name in bodies:
                back.callback(graph.bodies[name].__setitem__, RESOURCES, graph.bodies[name].get(RESOURCES))
            facts, changed, added = self._replace(bodies)
            self._spread(facts, changed)
            for resource, body in changed.items():
                back.enter_context(resource.remembered())
                before = resource.targets
                resource.follow(body)
                facts |= _different(before, resource.targets)
            for resource in added:
                resource.follow(resource.body)
                facts |= _different({}, resource.targets)
            graph.index()
            yield Difference(facts, added)

    def _replace(
        self, bodies: Mapping[str, Mapping[str, Any]]
    ) -> tuple[set[Fact], dict[LiveResource, Mapping[str, Any]], list[LiveResource]]:
        graph = self._graph
        facts: set[Fact] = set()
        changed: dict[LiveResource, Mapping[str, Any]] = {}
        added: dict[tuple[str, str], LiveResource] = {}
        gone: set[tuple[str, str]] = set()
        for template in (one for one in graph.templates if one.name in bodies):
            old = template.section(RESOURCES)
            graph.bodies[template.name][RESOURCES] = new = json_object(bodies[template.name].get(RESOURCES))
            for logical_id in _differing(old, new or {}):
                key = template.name, logical_id
                facts.add(body_of(*key))
                here, made = graph.live.get(key), self._made(template, logical_id)
                if here and made and _same(here, made):
                    changed[here] = made.body
                    continue
                if here:
                    gone.add(key)
                    facts |= {list_of(here.type), *_different(here.targets, {})}
                if made:
                    added[key] = made
                    facts.add(list_of(made.type))
                if here or made:
                    facts |= {existence_of(*key), EVERYTHING}
        if gone or added:
            known = {**{key: one for key, one in graph.live.items() if key not in gone}, **added}
            graph.live = {
                key: known[key]
                for template in graph.templates
                for logical_id in template.section(RESOURCES)
                if (key := (template.name, logical_id)) in known
            }
        return facts, changed, list(added.values())

    def _made(self, template: Template, logical_id: str) -> LiveResource | None:
        body = template.entry(RESOURCES, logical_id)
        if not body or self._graph.holds(template, str(body.get("Condition"))) is False:
            return None
        return self._graph.make(template, logical_id)

    def _spread(self, facts: set[Fact], changed: dict[LiveResource, Mapping[str, Any]]) -> None:
        """Add what changes because the way to it does."""
        waiting = list(facts)
        while waiting:
            for reader in self._readers.get(waiting.pop(), ()):
                key = reader.template.name, reader.logical_id
                if reader not in changed and self._graph.live.get(key) is reader:
                    changed[reader] = reader.body
                    facts.add(body_of(*key))
                    waiting.append(body_of(*key))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    return (logical_id for logical_id in {**old, **new} if old.get(logical_id) is not new.get(logical_id))


def _same(one: LiveResource, other: LiveResource) -> bool:
    return (one.type, one.construct_path) == (other.type, other.construct_path)


def _different(before: Mapping[Any, None], after: Mapping[Any, None]) -> set[Fact]:
    return {referrers_of(one.template.name, one.logical_id) for one in before.keys() ^ after.keys()}
