"""An alarm does something, or a composite alarm does it for it, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AlarmCallsSomebody"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms"
COMPOSITE = "AWS::CloudWatch::CompositeAlarm"


@pytest.mark.parametrize("kind", ["AWS::CloudWatch::Alarm", COMPOSITE])
def test_an_alarm_with_an_action_is_compliant(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {"AlarmActions": [TOPIC]}, resource_type=kind), Compliant)


def test_a_part_of_a_composite_alarm_may_be_silent(ask: Callable[..., Answer]) -> None:
    rule = {"Fn::Sub": "ALARM(${Subject})"}
    whole = {"Whole": {"Type": COMPOSITE, "Properties": {"AlarmRule": rule, "AlarmActions": [TOPIC]}}}
    assert isinstance(ask(RULE, {}, others=whole), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({}, "AlarmActions"),
        ({"AlarmActions": []}, "AlarmActions"),
        ({"OKActions": [TOPIC]}, "AlarmActions"),
        ({"AlarmActions": [TOPIC], "ActionsEnabled": False}, "ActionsEnabled"),
        ({"AlarmActions": [TOPIC], "ActionsEnabled": "false"}, "ActionsEnabled"),
    ],
)
def test_an_alarm_that_nobody_hears_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("name", ["AlarmActions", "ActionsEnabled"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, {"AlarmActions": [TOPIC], name: {"Ref": "Given"}}), Unknown)
