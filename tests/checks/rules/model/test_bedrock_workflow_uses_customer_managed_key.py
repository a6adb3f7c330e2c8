"""Agents, flows, prompts and data sources have a key of one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BedrockWorkflowUsesCustomerManagedKey"
KEY = "arn:aws:kms:us-east-1:123456789012:key/0001"


@pytest.mark.parametrize(
    "properties",
    [
        {"CustomerEncryptionKeyArn": KEY},
    ],
)
def test_a_key_of_ones_own_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"CustomerEncryptionKeyArn": "alias/aws/bedrock"},
    ],
)
def test_bedrocks_own_key_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"CustomerEncryptionKeyArn": {"Fn::ImportValue": "Elsewhere"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize("kind", ["Agent", "Flow", "Prompt"])
def test_every_kind_is_asked(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {}, resource_type=f"AWS::Bedrock::{kind}"), NonCompliant)


def test_a_data_source_names_its_key_elsewhere(ask: Callable[..., Answer]) -> None:
    source = {"ServerSideEncryptionConfiguration": {"KmsKeyArn": KEY}}
    kind = "AWS::Bedrock::DataSource"
    assert isinstance(ask(RULE, source, resource_type=kind), Compliant)
    assert isinstance(ask(RULE, {}, resource_type=kind), NonCompliant)
