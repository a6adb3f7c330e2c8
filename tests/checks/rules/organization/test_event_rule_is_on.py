"""Event rule is on."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-EventRuleIsOn"


def scheduled(expression: str) -> dict[str, Any]:
    return {"properties": {"ScheduleExpression": expression}, "resource_type": "AWS::Scheduler::Schedule"}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Targets": [{"Id": "t", "Arn": "a"}]}},
        {"properties": {"State": "ENABLED", "Targets": [{"Ref": "Given"}]}},
        scheduled("rate(366 days)"),
        scheduled("cron(0 2 ? * SUN *)"),
        {"properties": {"Target": {}}, "resource_type": "AWS::Scheduler::Schedule"},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"State": "DISABLED", "Targets": [{"Id": "t", "Arn": "a"}]}},
        {"properties": {}},
        scheduled("rate(3650 days)"),
        {"properties": {"State": "DISABLED", "Target": {}}, "resource_type": "AWS::Scheduler::Schedule"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"State": {"Ref": "Given"}}},
        {"properties": {"Targets": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
