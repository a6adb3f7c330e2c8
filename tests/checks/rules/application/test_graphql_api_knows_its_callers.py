"""A key is no sign-in."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GraphqlApiKnowsItsCallers"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"AuthenticationType": "AMAZON_COGNITO_USER_POOLS"}, None),
    (
        {
            "AuthenticationType": "AWS_IAM",
            "AdditionalAuthenticationProviders": [{"AuthenticationType": "OPENID_CONNECT"}],
        },
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"AuthenticationType": {"Ref": "Given"}}, None),
    ({"AuthenticationType": "AWS_IAM", "AdditionalAuthenticationProviders": {"Ref": "Given"}}, None),
    (
        {
            "AuthenticationType": "AWS_IAM",
            "AdditionalAuthenticationProviders": [{"AuthenticationType": {"Ref": "Given"}}],
        },
        None,
    ),
]
WEAK: list[Weak] = [
    ("AuthenticationType", {"AuthenticationType": "API_KEY"}, None),
    ("AuthenticationType", {}, None),
    (
        "AdditionalAuthenticationProviders.1",
        {
            "AuthenticationType": "AWS_IAM",
            "AdditionalAuthenticationProviders": [
                {"AuthenticationType": "AWS_LAMBDA"},
                {"AuthenticationType": "API_KEY"},
            ],
        },
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
