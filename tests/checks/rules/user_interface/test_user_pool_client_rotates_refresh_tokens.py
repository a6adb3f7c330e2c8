"""A client for which rotation is made rotates."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UserPoolClientRotatesRefreshTokens"
PATH = "RefreshTokenRotation.Feature"
CODE: dict[str, Any] = {"AllowedOAuthFlows": ["code"]}


@pytest.mark.parametrize(
    "properties",
    [{**CODE, "ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "RefreshTokenRotation": {"Feature": "ENABLED"}}],
)
def test_rotation_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({**CODE, "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}, PATH),
        ({**CODE, "RefreshTokenRotation": {"Feature": "DISABLED"}}, PATH),
    ],
)
def test_a_client_that_gave_up_the_older_flow_only_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        CODE,
        {**CODE, "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
        {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]},
    ],
)
def test_a_client_that_refreshes_as_before_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("properties", [{**CODE, "RefreshTokenRotation": {"Feature": {"Ref": "Given"}}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
