"""Memory and gateway are under a key of one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AgentCoreUsesCustomerManagedKey"
OTHERS: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"EncryptionKeyArn": {"Fn::GetAtt": ["Key", "Arn"]}}, "AWS::BedrockAgentCore::Memory"),
    ({"KmsKeyArn": {"Fn::GetAtt": ["Key", "Arn"]}}, "AWS::BedrockAgentCore::Gateway"),
]
UNRESOLVED: list[Case] = [
    ({"EncryptionKeyArn": {"Fn::ImportValue": "Elsewhere"}}, "AWS::BedrockAgentCore::Memory")
]
WEAK: list[Weak] = [
    ("EncryptionKeyArn", {}, "AWS::BedrockAgentCore::Memory"),
    ("KmsKeyArn", {}, "AWS::BedrockAgentCore::Gateway"),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
