"""Key rotates."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KeyRotates"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"EnableKeyRotation": True}},
        {
            "properties": {
                "EnableKeyRotation": "true",
                "KeySpec": "SYMMETRIC_DEFAULT",
                "RotationPeriodInDays": 90,
            }
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {"EnableKeyRotation": False}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"EnableKeyRotation": {"Ref": "Given"}}},
        {"properties": {"KeySpec": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}},
        {"properties": {"Origin": "EXTERNAL"}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
