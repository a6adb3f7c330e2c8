"""Training data and logs of models are locked where other buckets are."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-RecordsAreLockedLikeOthers"
LOCKED: dict[str, Any] = {
    "ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 365}}}
}
NAMED = {"BucketName": "acme-training-data"}


def locked(number: int) -> dict[str, Any]:
    return {f"B{i}": {"Type": "AWS::S3::Bucket", "Properties": LOCKED} for i in range(number)}


def written_by(service: str) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Action": "s3:PutObject",
        "Principal": {"Service": service},
        "Resource": {"Fn::Sub": "${Subject.Arn}/*"},
    }
    properties = {"Bucket": {"Ref": "Subject"}, "PolicyDocument": {"Statement": [statement]}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


def test_what_is_locked_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**NAMED, **LOCKED}, others=locked(3)), Compliant)


@pytest.mark.parametrize(
    ("properties", "others"), [(NAMED, locked(3)), ({}, {**locked(3), **written_by("bedrock.amazonaws.com")})]
)
def test_what_alone_is_not_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [(NAMED, locked(2)), ({}, locked(3)), ({}, {**locked(3), **written_by("logging.s3.amazonaws.com")})],
)
def test_where_nothing_is_locked_or_nothing_is_recorded_nothing_is_said(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = {**NAMED, "ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Ref": "Given"}}}}
    assert isinstance(ask(RULE, properties, others=locked(3)), Unknown)
