"""Synthesized templates as one graph: typed resources, and the references between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from genai_defense.checks.bounds import DEFAULT_BOUNDS, Bounds
from genai_defense.checks.resolver import Resolver
from genai_defense.checks.values import Value, dig, json_object, references

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

DEPLOYMENT = "Deployment"
"""The type of the one resource that stands for all templates together: rules ask it what is missing."""

Conditions: TypeAlias = Mapping[str, Mapping[str, bool]]
"""Template name, to condition, to whether it holds."""


@dataclass(frozen=True, eq=False)
class Template:
    """One CloudFormation template.

    Attributes:
        name: Its name in messages; the path of its file where it has one.
        body: The parsed template, with long-form intrinsics.
        nested_in: For a nested stack, the name of the parent template and the logical id of the
            `AWS::CloudFormation::Stack` there.
    """

    name: str
    body: Mapping[str, Any]
    nested_in: tuple[str, str] | None = None

    def section(self, name: str) -> dict[str, Any]:
        """A section such as `Parameters`; empty where it is missing or malformed."""
        return json_object(self.body.get(name)) or {}

    def entry(self, section: str, name: str) -> dict[str, Any] | None:
        """A well-formed entry of a section, or None."""
        return json_object(self.section(section).get(name))


class Resource:
    """One resource of a template, compared by identity.

    Attributes:
        template: The template that declares it.
        logical_id: Its key there.
        type: The CloudFormation type, such as `AWS::S3::Bucket`.
        construct_path: The CDK construct, from the app's root; empty when the template does not say.
    """

    def __init__(
        self, template: Template, logical_id: str, body: Mapping[str, Any], resolver: Resolver
    ) -> None:
        self.template = template
        self.logical_id = logical_id
        self.type = str(body.get("Type", ""))
        self.construct_path = str((json_object(body.get("Metadata")) or {}).get("aws:cdk:path", ""))
        self._raw = body.get("Properties")
        self._deletion = body.get("DeletionPolicy")
        self._resolver = resolver

    @property
    def properties(self) -> Value:
        """All properties with their references followed."""
        return self._resolved

    @property
    def deletion_policy(self) -> Value:
        """What becomes of it when it leaves its template; None where the template does not say."""
        return self._resolver.resolve(self._deletion, self.template)

    @cached_property
    def _resolved(self) -> Value:
        return {} if self._raw is None else self._resolver.resolve(self._raw, self.template)

    def get(self, path: str) -> Value:
        """A property by its dotted path; None where it is missing, opaque where it cannot be known."""
        return dig(self.properties, path)

    def __repr__(self) -> str:
        """The logical id and type, for messages and test output."""
        return f"{self.logical_id} ({self.type})"


class TemplateGraph:
    """The resources of several templates that are deployed together.

    References are followed inside a template, into and out of nested stacks, and across stacks by
    `Fn::ImportValue`. Parameters take their defaults. What only a deployment knows stays `Unresolved`.

    Args:
        templates: The templates of one deployment, each with its own name.
        conditions: Template name to what its conditions are. A resource whose condition is false is left
            out; what depends on a condition that is not given is known only where both ways agree.
        bounds: Numeric limits that rules compare with. Default: the documented ones.

    Attributes:
        remembered: What was computed of the graph once, by the name of what it is.

    Raises:
        ValueError: Two templates have the same name.
    """

    def __init__(
        self,
        templates: Iterable[Template],
        conditions: Conditions | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> None:
        self.bounds = bounds
        self.remembered: dict[str, Any] = {}
        self._conditions = conditions or {}
        self._templates: dict[str, Template] = {}
        self._resources: dict[tuple[str, str], Resource] = {}
        self._nested: dict[tuple[str, str], Template] = {}
        self._resolver = Resolver(self)
        for template in templates:
            if template.name in self._templates:
                raise ValueError(f"Two templates are named {template.name}. Give each its own name.")
            self._templates[template.name] = template
            if template.nested_in:
                self._nested[template.nested_in] = template
            for logical_id in template.section("Resources"):
                body = template.entry("Resources", logical_id)
                if body and self.holds(template, str(body.get("Condition"))) is not False:
                    self._resources[template.name, logical_id] = Resource(
                        template, logical_id, body, self._resolver
                    )

    @property
    def templates(self) -> tuple[Template, ...]:
        """All templates, in the order given."""
        return tuple(self._templates.values())

    def holds(self, template: Template, condition: str) -> bool | None:
        """What a condition of a template is; None where nobody says."""
        return self._conditions.get(template.name, {}).get(condition)

    def of_type(self, *types: str) -> Iterator[Resource]:
        """The resources of the given types, those of each type in the order of the templates."""
        return (resource for kind in types for resource in self._by_type.get(kind, ()))

    def all(self) -> tuple[Resource, ...]:
        """Every resource, in the order of the templates."""
        return tuple(self._resources.values())

    def remember(self, name: str, make: Callable[[], Found]) -> Found:
        """What is computed of the whole graph, once.

        Args:
            name: What it is; no two things have the same name.
            make: Computes it.
        """
        if name not in self.remembered:
            self.remembered[name] = make()
        found: Found = self.remembered[name]
        return found

    def find(self, template: Template, logical_id: str) -> Resource | None:
        """The resource with this logical id in a template."""
        return self._resources.get((template.name, logical_id))

    def nested(self, resource: Resource) -> Template | None:
        """The template that an `AWS::CloudFormation::Stack` deploys, if the graph has it."""
        return self._nested.get((resource.template.name, resource.logical_id))

    def parent(self, template: Template) -> Template | None:
        """The template in which this one is nested, if the graph has it."""
        return self._templates.get(template.nested_in[0]) if template.nested_in else None

    def referrers(self, resource: Resource) -> tuple[Resource, ...]:
        """The resources with a reference to this one anywhere in their properties."""
        return tuple(self._referrers.get(resource, ()))

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = defaultdict(list)
        if self._templates:
            first = next(iter(self._templates.values()))
            found[DEPLOYMENT] = [Resource(first, DEPLOYMENT, {"Type": DEPLOYMENT}, self._resolver)]
        for resource in self._resources.values():
            found[resource.type].append(resource)
        return found

    @cached_property
    def _referrers(self) -> dict[Resource, dict[Resource, None]]:
        found: dict[Resource, dict[Resource, None]] = defaultdict(dict)
        for source in self._resources.values():
            for reference in references(source.properties):
                found[reference.resource][source] = None
        return found
