"""The ways in which a template can be deployed: what its conditions can be together."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from genai_defense.checks.template_graph import Conditions, Template
from genai_defense.checks.values import json_list, json_object

MOST_TOGETHER = 32
"""So many ways are looked at one by one; of more, each choice is varied alone."""

_OTHER = "<something else>"
# A comparison of two values that only the deployment knows is a choice of its own, with these two ends.
_YES, _NO = "true", "false"
# The CDK's own resource; that it is there or not says nothing.
_METADATA = "AWS::CDK::Metadata"
_Choice: TypeAlias = tuple[str, str]


def variants(templates: Iterable[Template]) -> Iterator[Conditions]:
    """Yield what conditions can be together, without what the templates' own parameters rule out.

    A parameter that conditions compare is each of the values it is compared with, and one other (or what
    `AllowedValues` leaves). The first variant is all of the first; a deployment without conditions has one.

    Args:
        templates: The templates of one deployment.
    """
    listed = [template for template in templates if _uses_conditions(template)]
    domains: dict[_Choice, list[str]] = {}
    for template in listed:
        for condition in template.section("Conditions").values():
            _collect(condition, template, domains)
    for choice in _choices(domains):
        yield {template.name: _decide(template, choice) for template in listed}


def _uses_conditions(template: Template) -> bool:
    if not template.section("Conditions"):
        return False
    entries = template.section("Resources").values()
    raw = json.dumps([e for e in entries if (json_object(e) or {}).get("Type") != _METADATA], default=str)
    return '"Fn::If"' in raw or '"Condition": "' in raw


def _choices(domains: Mapping[_Choice, list[str]]) -> Iterator[dict[_Choice, str]]:
    count = 1
    for values in domains.values():
        count *= len(values)
    if count <= MOST_TOGETHER:
        yield from (dict(zip(domains, chosen, strict=True)) for chosen in product(*domains.values()))
        return
    for end in (0, -1):
        base = {choice: values[end] for choice, values in domains.items()}
        yield base
        for choice, values in domains.items():
            yield from (base | {choice: value} for value in values if value != base[choice])


def _collect(raw: object, template: Template, domains: dict[_Choice, list[str]]) -> None:
    for name, argument in (json_object(raw) or {}).items():
        if name == "Fn::Equals":
            choice, literal = _comparison(argument, template)
            if choice is not None:
                known = domains.setdefault(choice, _domain(choice, template))
                if literal not in known and _OTHER in known:
                    known.insert(0, literal)
        elif name in {"Fn::And", "Fn::Or", "Fn::Not"}:
            for inner in json_list(argument):
                _collect(inner, template, domains)


def _domain(choice: _Choice, template: Template) -> list[str]:
    parameter = template.entry("Parameters", choice[1])
    if parameter is None:
        return [_YES, _NO]
    allowed = parameter.get("AllowedValues")
    return [str(value) for value in json_list(allowed)] or [_OTHER]


def _comparison(argument: object, template: Template) -> tuple[_Choice | None, str]:
    """What is compared, and with which literal; no choice where two literals are."""
    sides = json_list(argument)
    literals = [str(side) for side in sides if isinstance(side, str | int | float | bool)]
    if len(literals) == 2:  # noqa: PLR2004 - both sides
        return None, _YES if literals[0] == literals[1] else _NO
    references = [name for side in sides if isinstance(name := (json_object(side) or {}).get("Ref"), str)]
    if len(literals) == 1 and references and template.entry("Parameters", references[0]) is not None:
        return (template.name, references[0]), literals[0]
    return (template.name, json.dumps(argument, sort_keys=True, default=str)), _YES


def _decide(template: Template, choice: Mapping[_Choice, str]) -> dict[str, bool]:
    defined = template.section("Conditions")

    def holds(raw: object, seen: frozenset[str]) -> bool:
        name, argument = next(iter((json_object(raw) or {"": None}).items()))
        if name == "Fn::Equals":
            compared, literal = _comparison(argument, template)
            return literal == (_YES if compared is None else choice[compared])
        if name == "Condition":
            return str(argument) in seen or holds(defined.get(str(argument)), seen | {str(argument)})
        inner = [holds(one, seen) for one in json_list(argument)]
        return {"Fn::Or": any(inner), "Fn::Not": not all(inner)}.get(name, all(inner))

    return {name: holds(raw, frozenset({name})) for name, raw in defined.items()}
