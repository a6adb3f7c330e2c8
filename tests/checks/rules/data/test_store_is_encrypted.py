"""Store is encrypted."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-StoreIsEncrypted"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"StorageEncrypted": True}, "resource_type": "AWS::RDS::DBCluster"},
        {"properties": {}, "resource_type": "AWS::SQS::Queue"},
        {"properties": {"Encrypted": "true"}, "resource_type": "AWS::EFS::FileSystem"},
        {
            "properties": {"StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/k"}},
            "resource_type": "AWS::Kinesis::Stream",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "resource_type": "AWS::RDS::DBCluster"},
        {
            "properties": {"EncryptionAtRestOptions": {"Enabled": False}},
            "resource_type": "AWS::OpenSearchService::Domain",
        },
        {"properties": {}, "resource_type": "AWS::KinesisFirehose::DeliveryStream"},
        {"properties": {"SqsManagedSseEnabled": False}, "resource_type": "AWS::SQS::Queue"},
        {"properties": {"Encrypted": False}, "resource_type": "AWS::EC2::Volume"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"StorageEncrypted": {"Ref": "Given"}}, "resource_type": "AWS::RDS::DBInstance"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DBClusterIdentifier": {"Ref": "Given"}}, "resource_type": "AWS::RDS::DBInstance"},
        {"properties": {"SnapshotIdentifier": "s"}, "resource_type": "AWS::RDS::DBCluster"},
        {
            "properties": {"KinesisStreamSourceConfiguration": {}},
            "resource_type": "AWS::KinesisFirehose::DeliveryStream",
        },
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)


def test_the_key_of_a_queue_has_a_rule_of_its_own(ask: Callable[..., Answer]) -> None:
    queue = {"KmsMasterKeyId": "alias/k", "SqsManagedSseEnabled": False}
    assert isinstance(ask(RULE, queue, resource_type="AWS::SQS::Queue"), NotApplicable)
