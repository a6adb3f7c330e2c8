"""Training data that can be exchanged is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-TrainingDataIsLocked"
Ask = Callable[..., Answer]
NAME = {"BucketName": "acme-training-data"}


def test_a_lock_is_compliant(ask: Ask) -> None:
    lock = {"ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 90}}}}
    assert isinstance(ask(RULE, {**NAME, **lock}), Compliant)


@pytest.mark.parametrize("properties", [NAME, {"BucketName": "fine-tuning-of-acme"}])
def test_none_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_a_token_is_unknown(ask: Ask) -> None:
    assert isinstance(ask(RULE, {**NAME, "ObjectLockConfiguration": {"Ref": "Given"}}), Unknown)


def test_other_buckets_are_not_asked(ask: Ask) -> None:
    assert isinstance(ask(RULE, {"BucketName": "acme-pictures"}), NotApplicable)
