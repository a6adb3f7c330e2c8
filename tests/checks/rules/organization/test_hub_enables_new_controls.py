"""Controls that AWS adds are on by themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-HubEnablesNewControls"
Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"AutoEnableControls": True},
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"AutoEnableControls": False}, "AutoEnableControls"),
        ({"AutoEnableControls": "false"}, "AutoEnableControls"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"AutoEnableControls": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
