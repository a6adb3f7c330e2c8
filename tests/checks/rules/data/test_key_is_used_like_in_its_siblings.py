"""A small store that alone has no key is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KeyIsUsedLikeInItsSiblings"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/some"
KEYED: list[tuple[str, dict[str, Any]]] = [
    ("AWS::Events::EventBus", {"KmsKeyIdentifier": KEY}),
    ("AWS::Scheduler::Schedule", {"KmsKeyArn": KEY}),
    ("AWS::StepFunctions::StateMachine", {"EncryptionConfiguration": {"KmsKeyId": KEY}}),
    (
        "AWS::VerifiedPermissions::PolicyStore",
        {"EncryptionSettings": {"KmsEncryptionSettings": {"Key": KEY}}},
    ),
]


def queues(number: int) -> dict[str, Any]:
    properties = {"KmsMasterKeyId": KEY}
    return {f"Q{i}": {"Type": "AWS::SQS::Queue", "Properties": properties} for i in range(number)}


@pytest.mark.parametrize(("kind", "properties"), KEYED)
def test_what_has_a_key_is_compliant(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=queues(10), resource_type=kind), Compliant)


@pytest.mark.parametrize("kind", [kind for kind, _ in KEYED])
def test_what_alone_has_none_is_found(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {}, others=queues(10), resource_type=kind), NonCompliant)


def test_a_deployment_with_few_keys_is_left_alone(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=queues(9)), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"KmsKeyIdentifier": {"Fn::ImportValue": "key"}}, others=queues(10)), Unknown)
