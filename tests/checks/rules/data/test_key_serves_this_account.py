"""A key that a service uses is used for this account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KeyServesThisAccount"


def key(*statements: object) -> dict[str, Any]:
    return {"KeyPolicy": {"Statement": list(statements)}}


def service(**fields: object) -> dict[str, Any]:
    principal = {"Service": {"Fn::Sub": "logs.${AWS::Region}.amazonaws.com"}}
    return {"Effect": "Allow", "Principal": principal, "Action": "kms:Decrypt", "Resource": "*", **fields}


ROOT = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "kms:*", "Resource": "*"}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:events:eu-west-1:1:rule/*"}},
        {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:1:log-group:*"}},
        {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
    ],
)
def test_a_bound_service_is_compliant(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, key(ROOT, service(Condition=condition))), Compliant)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Condition": {"StringEqualsIfExists": {"aws:SourceAccount": "1"}}},
        {"Condition": {"StringLike": {"aws:SourceArn": "*"}}},
    ],
)
def test_a_service_for_anybody_is_not(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, key(ROOT, service(**fields))), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, key(service(Condition={"Ref": "Given"}))), Unknown)


@pytest.mark.parametrize("properties", [key(ROOT), {}, key(service(Effect="Deny"))])
def test_a_key_for_no_service_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def distribution(bucket: object) -> dict[str, Any]:
    logging = {"DistributionConfig": {"Logging": {"Bucket": bucket}}}
    return {"Type": "AWS::CloudFront::Distribution", "Properties": logging}


def test_the_log_of_a_distribution_names_no_source(ask: Callable[..., Answer]) -> None:
    delivery = key(service(Principal={"Service": "delivery.logs.amazonaws.com"}))
    elsewhere = {"Front": distribution("logs.s3.amazonaws.com")}
    assert isinstance(ask(RULE, delivery, others=elsewhere), NotApplicable)
    assert isinstance(ask(RULE, delivery), NonCompliant)


def test_a_key_of_another_bucket_is_none_of_its_log(ask: Callable[..., Answer]) -> None:
    delivery = key(service(Principal={"Service": "delivery.logs.amazonaws.com"}))
    encryption = {"ServerSideEncryptionByDefault": {"KMSMasterKeyID": {"Fn::GetAtt": ["Subject", "Arn"]}}}
    encrypted = {"BucketEncryption": {"ServerSideEncryptionConfiguration": [encryption]}}
    log = {"Front": distribution({"Fn::GetAtt": ["Log", "RegionalDomainName"]})}
    its = {"Type": "AWS::S3::Bucket", "Properties": encrypted}
    assert isinstance(ask(RULE, delivery, others={**log, "Log": its}), NotApplicable)
    assert isinstance(ask(RULE, delivery, others={**log, "Log": {"Type": "AWS::S3::Bucket"}}), NonCompliant)
