"""The one bucket that keeps old versions, or logs, for ever is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BucketForgetsLikeItsSiblings"
Ask = Callable[..., Answer]
VERSIONED = {"VersioningConfiguration": {"Status": "Enabled"}}
OLD = {"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}
NOW = {"Status": "Enabled", "ExpirationInDays": 90}
PARTS = {"Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}


def rules(*listed: object, versioned: bool = True) -> dict[str, Any]:
    return {"LifecycleConfiguration": {"Rules": list(listed)}, **(VERSIONED if versioned else {})}


def others(properties: dict[str, Any], *, number: int = 3) -> dict[str, Any]:
    return {f"B{i}": {"Type": "AWS::S3::Bucket", "Properties": properties} for i in range(number)}


def logged(*names: str) -> dict[str, Any]:
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": "s3:PutObject",
    }
    return {
        f"{name}Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": name}, "PolicyDocument": {"Statement": [allow]}},
        }
        for name in names
    }


@pytest.mark.parametrize("own", [rules(PARTS), VERSIONED, rules({**OLD, "Status": "Disabled"})])
def test_old_versions_kept_for_ever_are_found(ask: Ask, own: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, own, others=others(rules(OLD, PARTS))), NonCompliant)


def test_logs_kept_for_ever_are_found(ask: Ask) -> None:
    siblings = {**others(rules(NOW, versioned=False)), **logged("B0", "B1", "B2", "Subject")}
    assert isinstance(ask(RULE, rules(PARTS, versioned=False), others=siblings), NonCompliant)


def test_the_same_is_compliant(ask: Ask) -> None:
    assert isinstance(ask(RULE, rules(OLD), others=others(rules(OLD, NOW))), Compliant)


@pytest.mark.parametrize(
    ("own", "siblings"),
    [
        (VERSIONED, others(rules(OLD), number=2)),
        (VERSIONED, others(VERSIONED)),
        ({}, others(rules(OLD))),
        ({}, others(rules(NOW, versioned=False))),
    ],
)
def test_no_practice_is_not_asked(ask: Ask, own: dict[str, Any], siblings: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, own, others=siblings), NotApplicable)


def test_a_token_is_unknown(ask: Ask) -> None:
    assert isinstance(ask(RULE, rules({"Ref": "Given"}), others=others(rules(OLD))), Unknown)
