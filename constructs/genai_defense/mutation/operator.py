"""What an operator is: knowledge of one way in which a service's protection is weakened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from genai_defense.checks.values import json_object
from genai_defense.mutation.classes import MutantClass
from genai_defense.mutation.edit import REMOVED, Edit, Path, Templates

__all__ = ["REMOVED", "MutantClass", "Operator", "Site", "Weakening", "operator"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Weakening(NamedTuple):
    """What an operator would do to one resource.

    Attributes:
        sentence: What is weaker then, in one sentence.
        edits: The changes; together they are one mutant.
    """

    sentence: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, kw_only=True)
class Site:
    """One resource, as it is written in its template: intrinsics are not followed.

    Attributes:
        templates: All templates that are deployed together.
        template: Name of the one that declares the resource.
        logical_id: Its key there.
    """

    templates: Templates
    template: str
    logical_id: str

    @property
    def body(self) -> dict[str, Any]:
        """The resource with its `Type`."""
        found: dict[str, Any] = self.templates[self.template]["Resources"][self.logical_id]
        return found

    @property
    def type(self) -> str:
        """The CloudFormation type."""
        return str(self.body["Type"])

    @property
    def properties(self) -> dict[str, Any]:
        """The properties; empty where it has none."""
        return json_object(self.body.get("Properties")) or {}

    def get(self, *path: str | int) -> Any:
        """What stands at a path below `Properties`; None where nothing does."""
        node: Any = self.properties
        for key in path:
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def edit(self, path: Path, value: Any = REMOVED) -> Edit:
        """An edit of a property, by its path below `Properties`."""
        return Edit(
            template=self.template, path=("Resources", self.logical_id, "Properties", *path), value=value
        )

    def weakening(self, sentence: str, *edits: Edit) -> Weakening:
        """A weakening of these edits."""
        return Weakening(sentence, edits)


@dataclass(frozen=True, kw_only=True)
class Operator:
    """One way to weaken resources of certain types.

    Attributes:
        id: What it does, such as `guardrail-filter-strength-down`.
        mutant_class: What its mutants are about.
        resource_types: The CloudFormation types that it is asked about.
        weaken: Every single way in which it can weaken one resource; none where there is nothing to weaken.
    """

    id: str
    mutant_class: MutantClass
    resource_types: tuple[str, ...]
    weaken: Callable[[Site], Iterable[Weakening]]


def operator(
    *,
    id: str,  # noqa: A002 - the field is called id, and the data of an operator reads like the fields
    mutant_class: MutantClass,
    resource_types: tuple[str, ...],
) -> Callable[[Callable[[Site], Iterator[Weakening]]], Operator]:
    """Turn a generator function into an `Operator`. The arguments are its fields."""
    return lambda weaken: Operator(
        id=id, mutant_class=mutant_class, resource_types=resource_types, weaken=weaken
    )
