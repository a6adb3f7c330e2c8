"""Vectors lie under a key of one's own, in S3 and in OpenSearch Serverless."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-VectorStoreUsesCustomerManagedKey"
BUCKET, INDEX = "AWS::S3Vectors::VectorBucket", "AWS::S3Vectors::Index"
POLICY = "AWS::OpenSearchServerless::SecurityPolicy"
KEY: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}
KEY_ARN = {"Fn::GetAtt": ["Key", "Arn"]}
RULES = '{"Rules":[{"ResourceType":"collection","Resource":["collection/docs"]}],'


def vectors(key: object, *, algorithm: object = "aws:kms") -> dict[str, Any]:
    return {"EncryptionConfiguration": {"SseType": algorithm, "KmsKeyArn": key}}


def search(policy: object, *, kind: object = "encryption") -> dict[str, Any]:
    return {"Name": "docs", "Type": kind, "Policy": policy}


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (BUCKET, vectors(KEY_ARN)),
        (INDEX, vectors("arn:aws:kms:us-east-1:123456789012:key/1")),
        (POLICY, search(RULES + '"KmsARN":"arn:aws:kms:us-east-1:123456789012:key/1"}')),
        (POLICY, search({"Fn::Join": ["", [RULES + '"AWSOwnedKey":false,"KmsARN":"', KEY_ARN, '"}']]})),
    ],
)
def test_a_key_of_ones_own_is_compliant(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=KEY, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (BUCKET, {}),
        (BUCKET, vectors(None, algorithm="AES256")),
        (INDEX, vectors(None, algorithm="AES256")),
        (POLICY, search(RULES + '"AWSOwnedKey":true}')),
        (POLICY, search(RULES + '"AWSOwnedKey":false}')),
    ],
)
def test_a_key_of_aws_is_not(ask: Callable[..., Answer], kind: str, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NonCompliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [(INDEX, {"Dimension": 1024}), (POLICY, search('[{"AllowFromPublic":false}]', kind="network"))],
)
def test_what_another_resource_decides_is_not_asked(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        (BUCKET, vectors({"Fn::ImportValue": "Elsewhere"})),
        (INDEX, {"EncryptionConfiguration": {"Ref": "Given"}}),
        (POLICY, search({"Ref": "Given"})),
        (POLICY, search("no JSON")),
        (POLICY, search({"Fn::Sub": RULES + '"KmsARN":"${Given}"}'})),
        (POLICY, search({"Fn::Sub": RULES + '"AWSOwnedKey":${Given}}'})),
        (POLICY, search(RULES + "}", kind={"Ref": "Given"})),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], kind: str, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
