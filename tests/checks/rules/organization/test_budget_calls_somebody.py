"""Somebody hears that a budget is spent."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BudgetCallsSomebody"
Ask = Callable[..., Answer]


def notices(*subscribers: Any) -> dict[str, Any]:
    return {
        "Budget": {"BudgetType": "COST", "TimeUnit": "MONTHLY"},
        "NotificationsWithSubscribers": [
            {"Notification": {"NotificationType": "ACTUAL", "Threshold": 80}, "Subscribers": each}
            for each in subscribers
        ],
    }


@pytest.mark.parametrize(
    "properties",
    [
        notices([{"SubscriptionType": "EMAIL", "Address": "a@example.com"}]),
        notices([], [{"SubscriptionType": "SNS", "Address": {"Ref": "Given"}}]),
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({}, "NotificationsWithSubscribers"),
        (notices(), "NotificationsWithSubscribers"),
        (notices([]), "NotificationsWithSubscribers"),
        (
            notices(
                [{"SubscriptionType": "EMAIL", "Address": "a@example.com"}],
                [{"SubscriptionType": "EMAIL", "Address": "no-reply@example.com"}],
            ),
            "NotificationsWithSubscribers.1.Subscribers.0.Address",
        ),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"NotificationsWithSubscribers": {"Ref": "Given"}},
        notices({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
