"""The one part of a state machine without an end is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-MachineEndsThroughout"


def machine(states: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"DefinitionString": json.dumps({"StartAt": "Ask", "States": states, **more})}


def task(**more: object) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", **more}


ENDS = {"TimeoutSeconds": 60}


def test_a_machine_that_ends_throughout_is_compliant(ask: Callable[..., Answer]) -> None:
    states = {"Ask": task(**ENDS), "Act": task(HeartbeatSeconds=5), "Done": {"Type": "Succeed"}}
    assert isinstance(ask(RULE, machine(states, TimeoutSeconds=600)), Compliant)


def test_a_run_without_an_end_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, machine({"Ask": task(**ENDS), "Act": task(**ENDS)})), NonCompliant)


def test_a_task_without_an_end_is_named_however_deep(ask: Callable[..., Answer]) -> None:
    inner = {"Type": "Map", "ItemProcessor": {"StartAt": "Do", "States": {"Do": task()}}}
    answer = ask(RULE, machine({"Ask": task(**ENDS), "Each": inner}, TimeoutSeconds=600))
    assert isinstance(answer, NonCompliant)
    assert answer.message.startswith("state Do has no end")


@pytest.mark.parametrize(
    "properties",
    [
        machine({"Ask": task(), "Act": task(), "Tell": task()}),
        machine({"Ask": task(), "Act": task(), "Tell": task(**ENDS)}, TimeoutSeconds=600),
        machine({"Ask": task()}, TimeoutSeconds=600),
        {"DefinitionString": {"Ref": "Given"}},
    ],
)
def test_a_machine_that_leaves_time_to_others_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
