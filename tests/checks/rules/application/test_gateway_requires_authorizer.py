"""A gateway to tools knows its callers, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GatewayRequiresAuthorizer"


@pytest.mark.parametrize("properties", [{"AuthorizerType": "CUSTOM_JWT"}, {"AuthorizerType": "AWS_IAM"}])
def test_a_sound_one_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("properties", [{}, {"AuthorizerType": "NONE"}])
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("properties", [{"AuthorizerType": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
