"""The only alarm that calls nobody is found, even where a composite alarm reads it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AlarmIsHeardLikeItsSiblings"
HEARD: dict[str, Any] = {"AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:alarms"]}


def alarms(number: int, properties: dict[str, Any], prefix: str = "A") -> dict[str, Any]:
    return {
        f"{prefix}{i}": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties} for i in range(number)
    }


def test_an_alarm_with_an_action_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, HEARD, others=alarms(5, HEARD)), Compliant)


@pytest.mark.parametrize("silent", [{}, {"AlarmActions": []}, {**HEARD, "ActionsEnabled": False}])
def test_the_only_silent_one_is_not(ask: Callable[..., Answer], silent: dict[str, Any]) -> None:
    answer = ask(RULE, silent, others=alarms(5, HEARD))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "AlarmActions"


def test_several_that_leave_the_call_to_another_are_left_alone(ask: Callable[..., Answer]) -> None:
    others = {**alarms(5, HEARD), **alarms(1, {}, prefix="Part")}
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


@pytest.mark.parametrize("name", ["AlarmActions", "ActionsEnabled"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, {**HEARD, name: {"Ref": "Given"}}, others=alarms(5, HEARD)), Unknown)
