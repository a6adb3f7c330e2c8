"""Somebody hears what a scan found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ScanResultsAreHeard"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}
OURS = {"ProtectedResource": {"S3Bucket": {"BucketName": {"Ref": "Bucket"}}}}
RESULT = "GuardDuty Malware Protection Object Scan Result"


def rule(named: object = None, **changes: object) -> dict[str, Any]:
    pattern: dict[str, Any] = {"source": ["aws.guardduty"], "detail-type": [RESULT]}
    if named:
        pattern["detail"] = {"s3ObjectDetails": {"bucketName": [named]}}
    properties = {"EventPattern": pattern, "Targets": [{"Id": "Queue", "Arn": "arn:aws:sqs:x"}], **changes}
    return {**BUCKET, "Rule": {"Type": "AWS::Events::Rule", "Properties": properties}}


@pytest.mark.parametrize(
    "others",
    [
        rule(),
        rule({"Ref": "Bucket"}),
        rule(State="ENABLED"),
        rule(EventBusName="default"),
        rule(EventPattern={"source": ["aws.guardduty"]}),
    ],
)
def test_a_rule_with_a_target_is_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OURS, others=others), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        BUCKET,
        rule("another-bucket"),
        rule(State="DISABLED"),
        rule(Targets=[]),
        rule(EventBusName="own"),
        rule(EventPattern={"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}),
        rule(EventPattern={"source": ["aws.s3"], "detail-type": [RESULT]}),
    ],
)
def test_anything_else_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OURS, others=others), NonCompliant)


def test_a_bucket_from_elsewhere_is_found_by_its_name(ask: Callable[..., Answer]) -> None:
    elsewhere = {"ProtectedResource": {"S3Bucket": {"BucketName": "uploads"}}}
    assert isinstance(ask(RULE, elsewhere, others=rule("uploads")), Compliant)
    assert isinstance(ask(RULE, elsewhere, others=rule("another")), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, OURS, others=rule(EventPattern={"Ref": "Given"})), Unknown)
