"""An hour for access, a day for refreshing, in whatever unit the template says it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolClientBoundsTokenLifetimes"


@pytest.mark.parametrize(
    "properties",
    [
        {"RefreshTokenValidity": 1},
        {
            "AccessTokenValidity": 15,
            "IdTokenValidity": "60",
            "RefreshTokenValidity": 480,
            "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "minutes"},
        },
        {
            "AccessTokenValidity": 0,
            "RefreshTokenValidity": 24,
            "TokenValidityUnits": {"AccessToken": "days", "RefreshToken": "hours"},
        },
        {"AllowedOAuthFlows": ["client_credentials"], "AccessTokenValidity": 1},
    ],
)
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"RefreshTokenValidity": 30},
        {"RefreshTokenValidity": 0},
        {"RefreshTokenValidity": 1, "AccessTokenValidity": 2},
        {"RefreshTokenValidity": 1, "IdTokenValidity": 61, "TokenValidityUnits": {"IdToken": "minutes"}},
        {"AllowedOAuthFlows": ["client_credentials"], "AccessTokenValidity": 24},
        {"RefreshTokenValidity": 25, "TokenValidityUnits": {"RefreshToken": "hours"}},
    ],
)
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"RefreshTokenValidity": {"Ref": "Given"}},
        {"RefreshTokenValidity": 1, "AccessTokenValidity": {"Ref": "Given"}},
        {"RefreshTokenValidity": 1, "TokenValidityUnits": {"RefreshToken": {"Ref": "Given"}}},
        {"RefreshTokenValidity": 1, "TokenValidityUnits": {"RefreshToken": "moons"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
