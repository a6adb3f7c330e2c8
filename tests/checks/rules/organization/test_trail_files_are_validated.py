"""Trail files are validated."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TrailFilesAreValidated"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"IsLogging": True, "EnableLogFileValidation": True}},
        {"properties": {"IsLogging": "true", "EnableLogFileValidation": "true"}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"IsLogging": False, "EnableLogFileValidation": True}},
        {"properties": {"IsLogging": True}},
        {"properties": {"EnableLogFileValidation": True}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"IsLogging": True, "EnableLogFileValidation": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
