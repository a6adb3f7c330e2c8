"""Finds resources of a template that wait for each other."""

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from genai_defense.checks.values import json_list, json_object

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z0-9:]+)[^}]*}")


def cycle_in(body: Mapping[str, Any]) -> list[str] | None:
    """The logical ids of a cycle of references, in their order; None when there is none.

    CloudFormation refuses such a template.
    """
    resources = json_object(body.get("Resources")) or {}
    needs = {name: set(_named(resource)) & resources.keys() for name, resource in resources.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return None


def _named(raw: object) -> Iterator[str]:
    waiting: list[Any] = [raw]
    while waiting:
        value = waiting.pop()
        waiting.extend(json_list(value))
        if (body := json_object(value)) is None:
            continue
        for key, inner in body.items():
            yield from _names(key, inner)
            waiting.append(inner)


def _names(key: str, inner: Any) -> Iterator[str]:
    match key, inner:
        case "Ref", str():
            yield inner
        case "Fn::GetAtt", str():
            yield inner.split(".", 1)[0]
        case "Fn::GetAtt", [str(first), *_]:
            yield first
        case "Fn::Sub", str():
            yield from _PLACEHOLDER.findall(inner)
        case "Fn::Sub", [str(text), *given]:
            own = json_object(given[0]) if given else None
            yield from (name for name in _PLACEHOLDER.findall(text) if name not in (own or {}))
        case "DependsOn", str():
            yield inner
        case "DependsOn", _:
            yield from (each for each in json_list(inner) if isinstance(each, str))
        case _:
            return
