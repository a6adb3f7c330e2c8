"""Unusual rates of calls and of refused calls are reported."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TrailReportsInsights"
Ask = Callable[..., Answer]


def insights(*kinds: Any) -> dict[str, Any]:
    return {"InsightSelectors": [{"InsightType": kind} for kind in kinds]}


@pytest.mark.parametrize(
    "properties",
    [
        insights("ApiCallRateInsight", "ApiErrorRateInsight"),
        insights("ApiErrorRateInsight", "ApiCallRateInsight", {"Ref": "Given"}),
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({}, "InsightSelectors"),
        (insights("ApiCallRateInsight"), "InsightSelectors"),
        (insights("ApiErrorRateInsight"), "InsightSelectors"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"InsightSelectors": {"Ref": "Given"}},
        insights("ApiCallRateInsight", {"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
