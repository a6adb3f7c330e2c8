"""Budget warns in time."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BudgetWarnsInTime"


def budget(*thresholds: object, kind: str = "PERCENTAGE") -> dict[str, Any]:
    notices = [{"Notification": {"Threshold": each, "ThresholdType": kind}} for each in thresholds]
    limit = {"BudgetLimit": {"Amount": 100, "Unit": "USD"}}
    return {"properties": {"Budget": limit, "NotificationsWithSubscribers": notices}}


@pytest.mark.parametrize(
    "case",
    [
        budget(80),
        budget(100, 120),
        budget(90, kind="ABSOLUTE_VALUE"),
        budget("50"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        budget(150),
        budget(500, kind="ABSOLUTE_VALUE"),
        {"properties": {"Budget": {"TimeUnit": "ANNUALLY"}}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        budget({"Ref": "Given"}),
        {"properties": {"NotificationsWithSubscribers": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)


def test_each_notice_that_comes_long_after_the_money_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, **budget(80, 8000))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "NotificationsWithSubscribers.1.Notification.Threshold"
