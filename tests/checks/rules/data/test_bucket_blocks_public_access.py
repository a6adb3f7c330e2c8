"""Bucket blocks public access."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BucketBlocksPublicAccess"


def blocked(**changed: object) -> dict[str, Any]:
    names = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    return {"properties": {"PublicAccessBlockConfiguration": {**dict.fromkeys(names, True), **changed}}}


@pytest.mark.parametrize(
    "case",
    [
        blocked(),
        blocked(BlockPublicAcls="true"),
        {**blocked(), "resource_type": "AWS::S3::AccessPoint"},
        {"properties": {}, "resource_type": "AWS::S3::AccessPoint"},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        blocked(RestrictPublicBuckets=False),
        blocked(BlockPublicPolicy="false"),
        {"properties": {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        blocked(BlockPublicAcls={"Ref": "Given"}),
        {"properties": {"PublicAccessBlockConfiguration": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
