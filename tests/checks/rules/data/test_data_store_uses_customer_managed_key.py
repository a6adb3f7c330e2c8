"""Tables and buckets are encrypted under a key of one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DataStoreUsesCustomerManagedKey"
TABLE, BUCKET = "AWS::DynamoDB::Table", "AWS::S3::Bucket"
KEY: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}
KEY_ARN = {"Fn::GetAtt": ["Key", "Arn"]}


def table(key: object = None, *, enabled: object = True) -> dict[str, Any]:
    return {"SSESpecification": {"SSEEnabled": enabled, "SSEType": "KMS", "KMSMasterKeyId": key}}


def bucket(key: object = None, *, algorithm: object = "aws:kms") -> dict[str, Any]:
    default = {"SSEAlgorithm": algorithm, "KMSMasterKeyID": key}
    return {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": default}]
        }
    }


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (TABLE, table(KEY_ARN)),
        (TABLE, table("arn:aws:kms:us-east-1:123456789012:key/0001")),
        (BUCKET, bucket(KEY_ARN)),
        (BUCKET, bucket({"Fn::Sub": "arn:${AWS::Partition}:kms:us-east-1:123456789012:alias/chat"})),
        (BUCKET, bucket(KEY_ARN, algorithm="aws:kms:dsse")),
        (BUCKET, bucket({"Ref": "Given"})),
        (BUCKET, bucket({"Fn::Sub": "arn:aws:kms:us-east-1:123456789012:${Given}"})),
    ],
)
def test_a_key_of_ones_own_is_compliant(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=KEY, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (TABLE, {}),
        (TABLE, table()),
        (TABLE, table(KEY_ARN, enabled=False)),
        (TABLE, table("alias/aws/dynamodb")),
        (BUCKET, {}),
        (BUCKET, bucket()),
        (BUCKET, bucket(algorithm="AES256")),
        (BUCKET, bucket({"Fn::Sub": "arn:aws:kms:${AWS::Region}:123456789012:alias/aws/s3"})),
    ],
)
def test_the_service_s_own_key_is_not(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=KEY, resource_type=kind), NonCompliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (TABLE, table({"Fn::ImportValue": "Elsewhere"})),
        (TABLE, table(KEY_ARN, enabled={"Ref": "Given"})),
        (BUCKET, bucket({"Fn::ImportValue": "Elsewhere"})),
        (BUCKET, {"BucketEncryption": {"Ref": "Given"}}),
        (BUCKET, bucket(KEY_ARN, algorithm={"Ref": "Given"})),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], kind: str, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=KEY, resource_type=kind), Unknown)


def test_a_bucket_for_access_logs_cannot_have_a_key_and_is_not_asked(ask: Callable[..., Answer]) -> None:
    logging = {"LoggingConfiguration": {"DestinationBucketName": {"Ref": "Subject"}}}
    others = {"Watched": {"Type": BUCKET, "Properties": logging}}
    assert isinstance(ask(RULE, {}, others=others, resource_type=BUCKET), NotApplicable)


def test_another_reference_to_the_bucket_excuses_nothing(ask: Callable[..., Answer]) -> None:
    others = {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Subject"}}}}
    assert isinstance(ask(RULE, {}, others=others, resource_type=BUCKET), NonCompliant)
