"""A bus or a topic has a key of one's own, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-SecurityMessagesUseCustomerManagedKey"
KINDS = [("AWS::Events::EventBus", "KmsKeyIdentifier"), ("AWS::SNS::Topic", "KmsMasterKeyId")]
KEY: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_key_of_ones_own_is_compliant(ask: Callable[..., Answer], kind: str, name: str) -> None:
    properties = {name: {"Fn::GetAtt": ["Key", "Arn"]}}
    assert isinstance(ask(RULE, properties, others=KEY, resource_type=kind), Compliant)


@pytest.mark.parametrize(("kind", "name"), KINDS)
@pytest.mark.parametrize("value", [None, "", "alias/aws/sns"])
def test_the_services_own_key_is_not(
    ask: Callable[..., Answer], kind: str, name: str, value: str | None
) -> None:
    properties: dict[str, Any] = {} if value is None else {name: value}
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == name


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_token_is_unknown(ask: Callable[..., Answer], kind: str, name: str) -> None:
    assert isinstance(ask(RULE, {name: {"Fn::ImportValue": "Elsewhere"}}, resource_type=kind), Unknown)
