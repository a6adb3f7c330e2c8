"""The files of a trail lie in a bucket that locks them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TrailBucketIsLocked"


def bucket(lock: object) -> dict[str, Any]:
    return {"Files": {"Type": "AWS::S3::Bucket", "Properties": {"ObjectLockConfiguration": lock}}}


FILES = {"S3BucketName": {"Ref": "Files"}}
LOCK = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}


def test_a_locked_bucket_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, FILES, others=bucket(LOCK)), Compliant)


@pytest.mark.parametrize("lock", [None, {"ObjectLockEnabled": "Enabled"}])
def test_a_bucket_without_default_retention_is_not(ask: Callable[..., Answer], lock: object) -> None:
    assert isinstance(ask(RULE, FILES, others=bucket(lock)), NonCompliant)


@pytest.mark.parametrize(
    ("properties", "lock"),
    [
        ({"S3BucketName": {"Ref": "Given"}}, LOCK),
        ({"S3BucketName": "a-bucket-of-another-account"}, LOCK),
        (FILES, {"Ref": "Given"}),
    ],
)
def test_a_token_or_a_bucket_elsewhere_is_unknown(
    ask: Callable[..., Answer], properties: dict[str, Any], lock: object
) -> None:
    assert isinstance(ask(RULE, properties, others=bucket(lock)), Unknown)
