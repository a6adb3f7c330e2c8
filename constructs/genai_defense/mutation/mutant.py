"""Every mutant of some templates, in a fixed order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from genai_defense.checks.values import json_object
from genai_defense.mutation.edit import Edit, Templates
from genai_defense.mutation.operator import MutantClass, Operator, Site


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """Templates with one protection less.

    Attributes:
        id: Operator, template, resource and number there, joined: the same mutant has it in every run.
        operator: Id of the operator that made it.
        mutant_class: What it is about.
        template: Template of the resource.
        resource: Its logical id.
        resource_type: Its type.
        sentence: What is weaker.
        edits: How it differs.
    """

    id: str
    operator: str
    mutant_class: MutantClass
    template: str
    resource: str
    resource_type: str
    sentence: str
    edits: tuple[Edit, ...]


def mutants_of(templates: Templates, operators: Iterable[Operator]) -> Iterator[Mutant]:
    """What the operators make of the templates: by template, resource, operator.

    Args:
        templates: Templates that are deployed together.
        operators: Who may weaken them.
    """
    by_type: dict[str, list[Operator]] = {}
    for each in operators:
        for weakened in each.resource_types:
            by_type.setdefault(weakened, []).append(each)
    for name, body in templates.items():
        for logical_id, resource in (json_object(body.get("Resources")) or {}).items():
            kind = str((json_object(resource) or {}).get("Type"))
            for each in by_type.get(kind, ()):
                site = Site(templates=templates, template=name, logical_id=logical_id)
                for number, weakening in enumerate(each.weaken(site), start=1):
                    yield Mutant(
                        id=f"{each.id}/{name}/{logical_id}/{number}",
                        operator=each.id,
                        mutant_class=each.mutant_class,
                        template=name,
                        resource=logical_id,
                        resource_type=kind,
                        sentence=weakening.sentence,
                        edits=weakening.edits,
                    )
