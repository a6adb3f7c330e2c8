"""The scope that changes accounts is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UserPoolClientLeavesAccountsAlone"


@pytest.mark.parametrize("properties", [{"AllowedOAuthScopes": ["openid", "chat/send"]}])
def test_scopes_of_the_application_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [({"AllowedOAuthScopes": ["openid", "aws.cognito.signin.user.admin"]}, "AllowedOAuthScopes")],
)
def test_the_scope_for_accounts_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}])
def test_a_client_without_scopes_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("properties", [{"AllowedOAuthScopes": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
