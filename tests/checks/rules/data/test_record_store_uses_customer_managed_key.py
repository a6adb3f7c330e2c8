"""Record store uses customer managed key."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-RecordStoreUsesCustomerManagedKey"
KEY: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {"KmsKeyId": {"Fn::GetAtt": ["Key", "Arn"]}},
            "others": KEY,
            "resource_type": "AWS::Logs::LogGroup",
        },
        {
            "properties": {
                "ServerSideEncryptionConfiguration": {"KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/1"}
            },
            "resource_type": "AWS::Kendra::Index",
        },
        {"properties": {"KmsKeyId": {"Ref": "Given"}}, "resource_type": "AWS::Logs::LogGroup"},
        {
            "properties": {"KmsKeyId": {"Fn::Sub": "alias/${AWS::StackName}"}},
            "resource_type": "AWS::SecretsManager::Secret",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "resource_type": "AWS::Logs::LogGroup"},
        {
            "properties": {"KmsKeyId": "alias/aws/secretsmanager"},
            "resource_type": "AWS::SecretsManager::Secret",
        },
        {
            "properties": {"EncryptionConfiguration": {"EncryptionType": "AES256"}},
            "resource_type": "AWS::ECR::Repository",
        },
        {"properties": {"SqsManagedSseEnabled": False}, "resource_type": "AWS::SQS::Queue"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"KmsKeyId": {"Fn::ImportValue": "unknown"}}, "resource_type": "AWS::Logs::LogGroup"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
