"""Bucket keeps versions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BucketKeepsVersions"
LOGGED: dict[str, Any] = {"LoggingConfiguration": {"DestinationBucketName": {"Ref": "Subject"}}}
LOGGING = {"Docs": {"Type": "AWS::S3::Bucket", "Properties": LOGGED}}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"VersioningConfiguration": {"Status": "Enabled"}}},
        {"properties": {"ObjectLockEnabled": True}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"VersioningConfiguration": {"Status": "Suspended"}}},
        {"properties": {"VersioningConfiguration": {"Status": "Suspended"}}, "others": LOGGING},
        {"properties": {"VersioningConfiguration": {"Status": "Suspended"}, "ObjectLockEnabled": True}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"VersioningConfiguration": {"Ref": "Given"}}},
        {"properties": {"VersioningConfiguration": {"Status": {"Ref": "Given"}}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "others": LOGGING},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
