"""A deletion of a key can be cancelled for two weeks at least."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-KeyCanBeRescued"


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"PendingWindowInDays": 30},
        {"PendingWindowInDays": "14"},
    ],
)
def test_two_weeks_or_more_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"PendingWindowInDays": 7},
        {"PendingWindowInDays": "13"},
    ],
)
def test_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"PendingWindowInDays": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
