"""A wait for a human ends; machines that wait for nobody are left alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApprovalWaitEnds"
_WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken"


def _machine(wait: dict[str, Any], **logging: Any) -> dict[str, Any]:
    state = {"Type": "Task", "Resource": _WAIT, "End": True, **wait}
    definition = {"StartAt": "Ask", "States": {"Ask": state}}
    return {
        "DefinitionString": json.dumps(definition),
        **({"LoggingConfiguration": logging} if logging else {}),
    }


@pytest.mark.parametrize("end", ["TimeoutSeconds", "HeartbeatSeconds", "TimeoutSecondsPath"])
def test_a_wait_with_an_end_is_compliant(ask: Callable[..., Answer], end: str) -> None:
    assert isinstance(ask(RULE, _machine({end: 60})), Compliant)


def test_a_wait_without_an_end_is_named(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, _machine({}))
    assert isinstance(answer, NonCompliant)
    assert "Ask" in answer.message


def test_a_wait_deep_inside_is_found(ask: Callable[..., Answer]) -> None:
    inner = {"StartAt": "Deep", "States": {"Deep": {"Type": "Task", "Resource": _WAIT, "End": True}}}
    outer = {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [inner], "End": True}}}
    assert isinstance(ask(RULE, {"Definition": outer}), NonCompliant)


def test_arns_that_only_a_deployment_knows_do_not_hide_the_wait(ask: Callable[..., Answer]) -> None:
    head, tail = json.dumps(json.loads(_machine({})["DefinitionString"])).split("lambda:invoke")
    joined = {"Fn::Join": ["", [head, "lambda:invoke", tail.replace("Ask", "Ask"), {"Ref": "AWS::NoValue"}]]}
    assert not isinstance(ask(RULE, {"DefinitionString": joined}), Compliant | NotApplicable)


def test_other_machines_are_left_alone(ask: Callable[..., Answer]) -> None:
    passing = {"Definition": {"StartAt": "Do", "States": {"Do": {"Type": "Pass", "End": True}}}}
    assert isinstance(ask(RULE, passing), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"DefinitionString": {"Ref": "Given"}},
        {"DefinitionString": "{"},
        {"DefinitionS3Location": {"Bucket": "b", "Key": "k"}},
    ],
)
def test_a_definition_that_is_not_there_is_unknown(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
