"""What answers are made of is locked."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import locked

RULE = "OwaspLlm-KnowledgeIsLocked"


def source(bucket: object) -> dict[str, Any]:
    return {"DataSourceConfiguration": {"S3Configuration": {"BucketArn": bucket}}}


OURS = source({"Fn::GetAtt": ["Bucket", "Arn"]})


def bucket(properties: dict[str, Any]) -> dict[str, Any]:
    return {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": properties}}


def test_a_locked_bucket_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, OURS, others=bucket(locked(Days=30))), Compliant)


@pytest.mark.parametrize("properties", [{}, {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}])
def test_one_that_locks_nothing_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OURS, others=bucket(properties)), NonCompliant)


@pytest.mark.parametrize("properties", [source("arn:aws:s3:::elsewhere"), {"DataSourceConfiguration": {}}])
def test_what_is_elsewhere_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source({"Ref": "Given"})), Unknown)
    assert isinstance(ask(RULE, OURS, others=bucket(locked(Days={"Ref": "Given"}))), Unknown)
