"""A token for something else opens no agent."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AgentAuthorizerNamesItsClients"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "AuthorizerConfiguration": {
                "CustomJWTAuthorizer": {
                    "DiscoveryUrl": "https://x/.well-known/openid-configuration",
                    "AllowedClients": ["web"],
                }
            }
        },
        "AWS::BedrockAgentCore::Gateway",
    ),
    (
        {
            "AuthorizerConfiguration": {
                "CustomJWTAuthorizer": {
                    "DiscoveryUrl": "https://x/.well-known/openid-configuration",
                    "AllowedAudience": ["agent"],
                }
            }
        },
        "AWS::BedrockAgentCore::Runtime",
    ),
    ({}, "AWS::BedrockAgentCore::Runtime"),
]
UNRESOLVED: list[Case] = [
    (
        {
            "AuthorizerConfiguration": {
                "CustomJWTAuthorizer": {
                    "DiscoveryUrl": "https://x/.well-known/openid-configuration",
                    "AllowedClients": {"Ref": "Given"},
                }
            }
        },
        "AWS::BedrockAgentCore::Gateway",
    ),
    ({"AuthorizerConfiguration": {"Ref": "Given"}}, "AWS::BedrockAgentCore::Runtime"),
]
OTHER_MATTERS: list[Case] = [({}, "AWS::BedrockAgentCore::Gateway")]
WEAK: list[Weak] = [
    (
        "AuthorizerConfiguration.CustomJWTAuthorizer",
        {
            "AuthorizerConfiguration": {
                "CustomJWTAuthorizer": {"DiscoveryUrl": "https://x/.well-known/openid-configuration"}
            }
        },
        "AWS::BedrockAgentCore::Gateway",
    ),
    (
        "AuthorizerConfiguration.CustomJWTAuthorizer",
        {
            "AuthorizerConfiguration": {
                "CustomJWTAuthorizer": {
                    "DiscoveryUrl": "https://x/.well-known/openid-configuration",
                    "AllowedClients": [],
                }
            }
        },
        "AWS::BedrockAgentCore::Runtime",
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


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
