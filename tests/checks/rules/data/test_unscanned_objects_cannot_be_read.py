"""The policy of a scanned bucket denies reading what is not tagged clean."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UnscannedObjectsCannotBeRead"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}
TAG = "s3:ExistingObjectTag/GuardDutyMalwareScanStatus"
PLAN = {"ProtectedResource": {"S3Bucket": {"BucketName": {"Ref": "Bucket"}}}}


def policy(**changes: object) -> dict[str, Any]:
    statement = {
        "Effect": "Deny",
        "Action": ["s3:GetObject", "s3:GetObjectVersion"],
        "Resource": {"Fn::Sub": "arn:aws:s3:::${Bucket}/*"},
        "Condition": {"StringNotEquals": {TAG: "NO_THREATS_FOUND"}},
        **changes,
    }
    properties = {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Statement": [statement]}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


@pytest.mark.parametrize("changes", [{}, {"Action": "s3:Get*"}])
def test_a_denial_by_the_tag_is_compliant(ask: Callable[..., Answer], changes: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, PLAN, others={**BUCKET, **policy(**changes)}), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        {},
        policy(Effect="Allow"),
        policy(Action="s3:PutObject"),
        policy(Condition={}),
        policy(Condition={"StringNotEquals": {TAG: "THREATS_FOUND"}}),
        policy(Condition={"StringEquals": {TAG: "NO_THREATS_FOUND"}}),
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, PLAN, others={**BUCKET, **others}), NonCompliant)


def test_a_bucket_from_elsewhere_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(
        ask(RULE, {"ProtectedResource": {"S3Bucket": {"BucketName": "uploads"}}}), NotApplicable
    )


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    given = {"ProtectedResource": {"S3Bucket": {"BucketName": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, given), Unknown)
    opaque = policy()
    opaque["Policy"]["Properties"]["PolicyDocument"] = {"Ref": "Given"}
    assert isinstance(ask(RULE, PLAN, others={**BUCKET, **opaque}), Unknown)
