"""Tokens can be revoked unless the template says no."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolClientRevokesTokens"


@pytest.mark.parametrize(
    "properties", [{}, {"EnableTokenRevocation": True}, {"EnableTokenRevocation": "true"}]
)
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("properties", [{"EnableTokenRevocation": False}, {"EnableTokenRevocation": "false"}])
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("properties", [{"EnableTokenRevocation": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
