"""Nothing that an agent runs is on the public network."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AgentToolsStayInNetwork"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"NetworkConfiguration": {"NetworkMode": "VPC"}}, "AWS::BedrockAgentCore::Runtime"),
    ({"NetworkConfiguration": {"NetworkMode": "VPC"}}, "AWS::BedrockAgentCore::BrowserCustom"),
    (
        {"NetworkConfiguration": {"NetworkMode": "SANDBOX"}},
        "AWS::BedrockAgentCore::CodeInterpreterCustom",
    ),
]
UNRESOLVED: list[Case] = [
    ({"NetworkConfiguration": {"NetworkMode": {"Ref": "Given"}}}, "AWS::BedrockAgentCore::Runtime")
]
WEAK: list[Weak] = [
    (
        "NetworkConfiguration.NetworkMode",
        {"NetworkConfiguration": {"NetworkMode": "PUBLIC"}},
        "AWS::BedrockAgentCore::Runtime",
    ),
    (
        "NetworkConfiguration.NetworkMode",
        {"NetworkConfiguration": {"NetworkMode": "PUBLIC"}},
        "AWS::BedrockAgentCore::BrowserCustom",
    ),
    (
        "NetworkConfiguration.NetworkMode",
        {"NetworkConfiguration": {"NetworkMode": "PUBLIC"}},
        "AWS::BedrockAgentCore::CodeInterpreterCustom",
    ),
    ("NetworkConfiguration.NetworkMode", {}, "AWS::BedrockAgentCore::Runtime"),
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
