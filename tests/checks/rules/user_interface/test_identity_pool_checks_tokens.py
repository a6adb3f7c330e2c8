"""A check of tokens that is switched off is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-IdentityPoolChecksTokens"


def providers(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"CognitoIdentityProviders": list(entries)}


@pytest.mark.parametrize("properties", [providers({"ServerSideTokenCheck": True})])
def test_a_check_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [(providers({}, {"ServerSideTokenCheck": "false"}), "CognitoIdentityProviders.1.ServerSideTokenCheck")],
)
def test_one_that_is_off_is_found(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}, providers({})])
def test_whoever_says_nothing_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
