"""A refusal or a time-out that leads where a consent leads is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-RefusalDoesNotAct"


def machine(states: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"DefinitionString": json.dumps({"StartAt": "Ask", "States": states, **more})}


def wait(*catchers: str, token: bool = True) -> dict[str, Any]:
    task = "arn:aws:states:::lambda:invoke"
    return {
        "Type": "Task",
        "Resource": f"{task}.waitForTaskToken" if token else task,
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": after} for after in catchers],
        "Next": "Act",
    }


def test_a_refusal_that_ends_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, machine({"Ask": wait("Refused", "Late")})), Compliant)


def test_one_that_acts_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, machine({"Ask": wait("Refused", "Act")}))
    assert isinstance(answer, NonCompliant)
    assert "Ask goes on to Act" in answer.message


@pytest.mark.parametrize(
    "properties",
    [
        machine({"Ask": wait()}),
        machine({"Ask": wait("Act", token=False)}),
        {"DefinitionString": {"Ref": "Given"}},
    ],
)
def test_what_asks_nobody_or_fails_by_itself_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
