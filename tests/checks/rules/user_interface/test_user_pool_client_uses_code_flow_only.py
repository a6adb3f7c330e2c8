"""No implicit flow and no password flow, among whatever else is allowed."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolClientUsesCodeFlowOnly"


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"AllowedOAuthFlows": ["code"], "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]},
        {"AllowedOAuthFlows": ["client_credentials"]},
        {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
    ],
)
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"AllowedOAuthFlows": ["code", "implicit"]},
        {"AllowedOAuthFlows": ["implicit"]},
        {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]},
        {"ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"]},
        {"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"]},
        {"ExplicitAuthFlows": [{"Ref": "Given"}, "USER_PASSWORD_AUTH"]},
    ],
)
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"AllowedOAuthFlows": {"Ref": "Given"}},
        {"AllowedOAuthFlows": ["code", {"Ref": "Given"}]},
        {"ExplicitAuthFlows": [{"Ref": "Given"}]},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
