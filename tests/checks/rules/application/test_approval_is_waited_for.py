"""Whoever hands out a task token waits for the answer."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-ApprovalIsWaitedFor"
_INVOKE = "arn:aws:states:::lambda:invoke"


def _machine(resource: str, *, deep: bool = False, **given: object) -> dict[str, Any]:
    state = {"Type": "Task", "Resource": resource, "Next": "Act", **given}
    states: dict[str, Any] = {"Ask": state, "Act": {"Type": "Task", "Resource": _INVOKE, "End": True}}
    if deep:
        states = {"Each": {"Type": "Map", "Iterator": {"StartAt": "Ask", "States": states}, "End": True}}
    return {"DefinitionString": json.dumps({"StartAt": "Ask", "States": states})}


_TOKEN: list[dict[str, Any]] = [
    {"Parameters": {"Payload": {"token.$": "$$.Task.Token"}}},
    {"Arguments": {"Payload": {"token": "{% $states.context.Task.Token %}"}}},
]


@pytest.mark.parametrize("token", _TOKEN)
@pytest.mark.parametrize("deep", [True, False])
def test_who_goes_on_at_once_is_found(
    ask: Callable[..., Answer], token: dict[str, Any], *, deep: bool
) -> None:
    answer = ask(RULE, _machine(_INVOKE, deep=deep, **token))
    assert isinstance(answer, NonCompliant)
    assert "Ask" in answer.message
    assert isinstance(ask(RULE, _machine(f"{_INVOKE}.waitForTaskToken", deep=deep, **token)), Compliant)


@pytest.mark.parametrize("properties", [_machine(_INVOKE), {"DefinitionString": {"Ref": "Given"}}, {}])
def test_who_hands_out_no_token_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
