"""A log of invocations that can be deleted is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InvocationLogIsLocked"
Ask = Callable[..., Answer]
LOCK = {"ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 90}}}}


def written_by(service: object, effect: str = "Allow") -> dict[str, Any]:
    statement = {
        "Effect": effect,
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": "*",
    }
    properties = {"Bucket": {"Ref": "Subject"}, "PolicyDocument": {"Statement": [statement]}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


BEDROCK = written_by("bedrock.amazonaws.com")


def test_a_lock_is_compliant(ask: Ask) -> None:
    assert isinstance(ask(RULE, LOCK, others=BEDROCK), Compliant)


@pytest.mark.parametrize("properties", [{}, {"ObjectLockEnabled": True}])
def test_none_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=BEDROCK), NonCompliant)


def test_a_token_is_unknown(ask: Ask) -> None:
    assert isinstance(ask(RULE, {"ObjectLockConfiguration": {"Ref": "Given"}}, others=BEDROCK), Unknown)


@pytest.mark.parametrize(
    "others",
    [{}, written_by("logging.s3.amazonaws.com"), written_by("bedrock.amazonaws.com", effect="Deny")],
)
def test_other_buckets_are_not_asked(ask: Ask, others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)
