"""Every mutant of some templates, in a fixed order."""

from collections.abc import Callable, Iterable, Iterator
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


def mutants_of(
    templates: Templates,
    operators: Iterable[Operator],
    broken: Callable[[str], None] | None = None,
) -> Iterator[Mutant]:
    """What the operators make of the templates: by template, resource, operator.

    Args:
        templates: Templates that are deployed together.
        operators: Who may weaken them.
        broken: Is told of an operator that breaks down on a resource. Default: its error is raised.
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
                yield from _mutants(each, site, broken)


def _mutants(each: Operator, site: Site, broken: Callable[[str], None] | None) -> Iterator[Mutant]:
    prefix = f"{each.id}/{site.template}/{site.logical_id}"
    try:
        for number, weakening in enumerate(each.weaken(site), start=1):
            yield Mutant(
                id=f"{prefix}/{number}",
                operator=each.id,
                mutant_class=each.mutant_class,
                template=site.template,
                resource=site.logical_id,
                resource_type=site.type,
                sentence=weakening.sentence,
                edits=weakening.edits,
            )
    except Exception as error:
        if broken is None:
            raise
        broken(f"{prefix}: the operator broke down: {error!r}")
