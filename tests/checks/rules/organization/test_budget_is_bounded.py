"""Budget is bounded."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BudgetIsBounded"


def budget(amount: object, **changed: object) -> dict[str, Any]:
    sound = {"BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": amount, "Unit": "USD"}}
    return {"properties": {"Budget": {**sound, **changed}}}


@pytest.mark.parametrize(
    "case",
    [
        budget(500),
        budget("1000"),
        budget(120_000, TimeUnit="ANNUALLY"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        budget(1_000_000),
        budget(5_000, TimeUnit="DAILY"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        budget({"Ref": "Given"}),
        budget("much"),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        budget(10**9, BudgetType="USAGE"),
        {"properties": {"Budget": {"BudgetType": "COST"}}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
