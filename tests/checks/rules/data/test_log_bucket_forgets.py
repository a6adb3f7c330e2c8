"""A bucket of logs whose lifecycle lets nothing expire is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-LogBucketForgets"
TIDY = {"Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}


def bucket(*rules: object) -> dict[str, Any]:
    return {"LifecycleConfiguration": {"Rules": list(rules)}}


def logging(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"Writer": {"Type": kind, "Properties": properties}}


HERE = {"Ref": "Subject"}
SITE = logging("AWS::S3::Bucket", {"LoggingConfiguration": {"DestinationBucketName": HERE}})
TRAIL = logging("AWS::CloudTrail::Trail", {"S3BucketName": HERE})
STATEMENT = {
    "Effect": "Allow",
    "Action": "s3:PutObject",
    "Principal": {"Service": "delivery.logs.amazonaws.com"},
    "Resource": {"Fn::Sub": "${Subject.Arn}/*"},
}
BY_POLICY = logging("AWS::S3::BucketPolicy", {"Bucket": HERE, "PolicyDocument": {"Statement": [STATEMENT]}})


@pytest.mark.parametrize("end", [{"ExpirationInDays": 365}, {"Transitions": [{"StorageClass": "GLACIER"}]}])
def test_logs_that_end_or_move_are_compliant(ask: Callable[..., Answer], end: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, bucket(TIDY, end), others=SITE), Compliant)


@pytest.mark.parametrize("others", [SITE, TRAIL, BY_POLICY])
def test_logs_that_stay_are_found(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, bucket(TIDY), others=others), NonCompliant)


def test_a_bucket_is_taken_by_its_name(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**bucket(TIDY), "BucketName": "acme-quarantine"}), NonCompliant)


@pytest.mark.parametrize(("properties", "others"), [({}, SITE), (bucket(TIDY), {})])
def test_a_bucket_without_lifecycle_or_logs_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


@pytest.mark.parametrize(
    "properties", [bucket({"Fn::ImportValue": "rule"}), {"LifecycleConfiguration": {"Ref": "Given"}}]
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=SITE), Unknown)
