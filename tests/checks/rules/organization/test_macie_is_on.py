"""Macie looks."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-MacieIsOn"
Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"Status": "ENABLED"},
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"Status": "PAUSED"}, "Status"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"Status": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
