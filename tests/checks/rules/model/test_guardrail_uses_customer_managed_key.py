"""A guardrail has a key of one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailUsesCustomerManagedKey"
KEY: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}


@pytest.mark.parametrize(
    "key", [{"Fn::GetAtt": ["Key", "Arn"]}, "arn:aws:kms:us-east-1:123456789012:key/0001"]
)
def test_a_key_of_ones_own_is_compliant(ask: Callable[..., Answer], key: object) -> None:
    assert isinstance(ask(RULE, {"KmsKeyArn": key}, others=KEY), Compliant)


@pytest.mark.parametrize("properties", [{}, {"KmsKeyArn": "alias/aws/bedrock"}, {"KmsKeyArn": ""}])
def test_bedrocks_own_key_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"KmsKeyArn": {"Fn::ImportValue": "Elsewhere"}}), Unknown)
