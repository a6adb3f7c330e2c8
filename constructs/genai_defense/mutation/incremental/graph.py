"""A template graph that can be changed for a while, and that knows who read what."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from genai_defense.checks.resolver import Resolver
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, Template, TemplateGraph
from genai_defense.checks.values import Value, json_object, references
from genai_defense.mutation.incremental.reads import (
    EVERYTHING,
    Fact,
    Reads,
    body_of,
    existence_of,
    list_of,
    referrers_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from genai_defense.checks.bounds import Bounds
    from genai_defense.checks.template_graph import Conditions, Found

RESOURCES = "Resources"


@dataclass(frozen=True, eq=False)
class LiveTemplate(Template):
    """A template whose resources can be exchanged.

    Attributes:
        reads: Who is told what is read.
    """

    reads: Reads = field(kw_only=True)

    def section(self, name: str) -> dict[str, Any]:
        """A section, as in `Template`."""
        if name == RESOURCES:
            self.reads.note(EVERYTHING)
        return super().section(name)

    def entry(self, section: str, name: str) -> dict[str, Any] | None:
        """An entry of a section, as in `Template`."""
        if section != RESOURCES:
            return super().entry(section, name)
        self.reads.note(body_of(self.name, name))
        return json_object(super().section(section).get(name))


class LiveResource(Resource):
    """A resource that says when it is read, and whose content can be exchanged.

    Attributes:
        body: Its entry in the template.
        facts: What following its references read.
        targets: The resources that it refers to.
    """

    def __init__(
        self,
        template: Template,
        logical_id: str,
        body: Mapping[str, Any],
        resolver: Resolver,
        reads: Reads,
    ) -> None:
        super().__init__(template, logical_id, body, resolver)
        self.body = body
        self.facts: set[Fact] = set()
        self.targets: dict[Resource, None] = {}
        self._reads = reads
        self._value: Value = None

    @property
    def properties(self) -> Value:
        """All properties with their references followed."""
        self._reads.note(body_of(self.template.name, self.logical_id))
        return self._value

    @property
    def deletion_policy(self) -> Value:
        """What becomes of it when it leaves its template, as in `Resource`."""
        self._reads.note(body_of(self.template.name, self.logical_id))
        return self._resolver.resolve(self.body.get("DeletionPolicy"), self.template)

    def follow(self, body: Mapping[str, Any]) -> None:
        """Take this entry, and follow its references anew."""
        self.body = body
        raw = body.get("Properties")
        with self._reads.noted() as self.facts:
            self._value = {} if raw is None else self._resolver.resolve(raw, self.template)
        self.targets = dict.fromkeys(reference.resource for reference in references(self._value))

    @contextmanager
    def remembered(self) -> Generator[None]:
        """Put everything back at the end."""
        before = self.body, self.facts, self._value, self.targets
        try:
            yield
        finally:
            self.body, self.facts, self._value, self.targets = before


class _Forgotten(dict[str, Any]):
    """Keeps nothing: what is remembered of a graph that changes is wrong, and hides what it was read from."""

    def __setitem__(self, key: str, value: object) -> None:
        """Let it go."""


class LiveGraph(TemplateGraph):
    """A graph as `TemplateGraph` makes it, of templates whose resources can be exchanged.

    Args:
        templates: The templates of one deployment.
        conditions: What their conditions are.
        bounds: Numeric limits that rules compare with.
    """

    def __init__(self, templates: Sequence[Template], conditions: Conditions, bounds: Bounds) -> None:
        self.reads = Reads()
        self.bodies = {one.name: dict(one.body) for one in templates}
        super().__init__(
            [
                LiveTemplate(one.name, self.bodies[one.name], one.nested_in, reads=self.reads)
                for one in templates
            ],
            conditions,
            bounds,
        )
        self._resolver = Resolver(self)
        self.remembered = _Forgotten()
        self._computed: dict[str, tuple[Any, set[Fact]]] = {}
        # The whole deployment as one resource: it has no content that could change.
        self._whole = list(super().of_type(DEPLOYMENT))[:1]
        self.live = {
            (template.name, logical_id): self.make(template, logical_id)
            for template in self.templates
            for logical_id in template.section(RESOURCES)
            if (template.name, logical_id) in self._resources
        }
        for resource in self.live.values():
            resource.follow(resource.body)
        self.index()

    def make(self, template: Template, logical_id: str) -> LiveResource:
        """A resource of what its template says now; its references are not followed yet."""
        body = template.entry(RESOURCES, logical_id) or {}
        return LiveResource(template, logical_id, body, self._resolver, self.reads)

    def resource(self, template: str, logical_id: str, types: Sequence[str]) -> Resource | None:
        """The resource of this name, if it is of one of these types."""
        if DEPLOYMENT in types and logical_id == DEPLOYMENT:
            return self._whole[0]
        found = self.live.get((template, logical_id))
        return found if found is not None and found.type in types else None

    def index(self) -> None:
        """List resources by type and by what they refer to, and forget what was computed of them."""
        self._computed = {}
        self._kinds: dict[str, list[Resource]] = defaultdict(list, {DEPLOYMENT: list(self._whole)})
        self._sources: dict[Resource, list[Resource]] = defaultdict(list)
        for resource in self.live.values():
            self._kinds[resource.type].append(resource)
            for target in resource.targets:
                self._sources[target].append(resource)

    def remember(self, name: str, make: Callable[[], Found]) -> Found:
        """What is computed once for each change, as in `TemplateGraph`; whoever asks has read all of it."""
        if name not in self._computed:
            with self.reads.noted() as facts:
                made = make()
            self._computed[name] = made, facts
        found: tuple[Found, set[Fact]] = self._computed[name]
        for fact in found[1]:
            self.reads.note(fact)
        return found[0]

    def export_facts(self) -> set[Fact]:
        """What the names of exports are read from."""
        with self.reads.noted() as facts:
            for template in self.templates:
                for output in template.section("Outputs").values():
                    self._resolver.resolve((json_object(output) or {}).get("Export"), template)
        return facts

    def of_type(self, *types: str) -> Iterator[Resource]:
        """The resources of the given types, as in `TemplateGraph`."""
        for kind in types:
            self.reads.note(list_of(kind))
        return (resource for kind in types for resource in self._kinds.get(kind, ()))

    def all(self) -> tuple[Resource, ...]:
        """Every resource, as in `TemplateGraph`."""
        self.reads.note(EVERYTHING)
        return tuple(self.live.values())

    def find(self, template: Template, logical_id: str) -> Resource | None:
        """The resource with this logical id, as in `TemplateGraph`."""
        self.reads.note(existence_of(template.name, logical_id))
        return self.live.get((template.name, logical_id))

    def referrers(self, resource: Resource) -> tuple[Resource, ...]:
        """The resources that refer to one, as in `TemplateGraph`."""
        self.reads.note(referrers_of(resource.template.name, resource.logical_id))
        return tuple(self._sources.get(resource, ()))
