"""Bucket has no public acl."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BucketHasNoPublicAcl"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"AccessControl": "Private"}},
        {"properties": {"AccessControl": "LogDeliveryWrite"}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"AccessControl": "PublicRead"}},
        {"properties": {"AccessControl": "PublicReadWrite"}},
        {"properties": {"AccessControl": "AuthenticatedRead"}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"AccessControl": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
