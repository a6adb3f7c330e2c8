"""Reads the definition of a Step Functions state machine out of a template."""

import json
from collections.abc import Iterator

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Text, Unresolved, Value

_TASK_TOKEN = ".waitForTaskToken"  # noqa: S105 - a suffix of Amazon States Language


def definition_of(machine: Resource) -> dict[str, Value] | Opaque:
    """The definition in Amazon States Language; opaque when the template does not spell it out."""
    if machine.get("DefinitionS3Location") is not None:
        return Unresolved(
            "the definition is a file outside of the template: write it into DefinitionString, or accept this"
        )
    given = machine.get("DefinitionString")
    if given is None:
        given = machine.get("Definition")
    if isinstance(given, Text):
        # What only a deployment knows stands inside strings: ARNs, mostly.
        given = "".join(part if isinstance(part, str) else "…" for part in given.parts)
    if isinstance(given, str):
        try:
            read: Value = json.loads(given)
        except ValueError:
            return Unresolved("the definition is no JSON")
        given = read
    if isinstance(given, Opaque):
        return given
    return given if isinstance(given, dict) else Unresolved("the definition is not in the template")


def token_waits(definition: Value) -> Iterator[tuple[str, dict[str, Value]]]:
    """Name and body of each state, however deep, that waits for a task token."""
    if isinstance(definition, list):
        for each in definition:
            yield from token_waits(each)
    if not isinstance(definition, dict):
        return
    for name, body in definition.items():
        if isinstance(body, dict) and _waits(body.get("Resource")):
            yield name, body
        yield from token_waits(body)


def states_of(definition: Value) -> Iterator[tuple[str, dict[str, Value]]]:
    """Name and body of each task, however deep."""
    if isinstance(definition, list):
        for each in definition:
            yield from states_of(each)
    elif isinstance(definition, dict):
        for name, body in definition.items():
            if isinstance(body, dict) and body.get("Type") == "Task":
                yield name, body
            else:
                yield from states_of(body)


def _waits(resource: Value) -> bool:
    text = (
        "".join(part for part in resource.parts if isinstance(part, str))
        if isinstance(resource, Text)
        else resource
    )
    return isinstance(text, str) and text.endswith(_TASK_TOKEN)


def tasks(definition: Value) -> Iterator[tuple[str, dict[str, Value]]]:
    """Name and body of each task, however deep."""
    if isinstance(definition, list):
        for each in definition:
            yield from tasks(each)
    if not isinstance(definition, dict):
        return
    for name, body in definition.items():
        if isinstance(body, dict) and body.get("Type") == "Task":
            yield name, body
        yield from tasks(body)
