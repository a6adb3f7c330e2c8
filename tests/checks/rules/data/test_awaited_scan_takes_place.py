"""A scan whose results are awaited takes place."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AwaitedScanTakesPlace"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}
RESULT = "GuardDuty Malware Protection Object Scan Result"


def rule(named: object, kind: str = RESULT) -> dict[str, Any]:
    detail = {"s3ObjectDetails": {"bucketName": [named]}}
    return {"EventPattern": {"source": ["aws.guardduty"], "detail-type": [kind], "detail": detail}}


def plan(bucket: object) -> dict[str, Any]:
    properties = {"ProtectedResource": {"S3Bucket": {"BucketName": bucket}}}
    return {**BUCKET, "Plan": {"Type": "AWS::GuardDuty::MalwareProtectionPlan", "Properties": properties}}


def test_a_plan_for_the_bucket_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, rule({"Ref": "Bucket"}), others=plan({"Ref": "Bucket"})), Compliant)


@pytest.mark.parametrize("others", [BUCKET, plan("another")])
def test_no_plan_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, rule({"Ref": "Bucket"}), others=others), NonCompliant)


@pytest.mark.parametrize("properties", [rule("elsewhere"), rule({"Ref": "Bucket"}, "GuardDuty Finding"), {}])
def test_other_rules_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=BUCKET), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"EventPattern": {"Ref": "Given"}}), Unknown)
