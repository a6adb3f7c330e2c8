"""A queue that forgets in a minute is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-QueueKeepsItsMessages"


@pytest.mark.parametrize(
    "properties", [{"MessageRetentionPeriod": 1209600}, {"MessageRetentionPeriod": "1800"}]
)
def test_what_is_sound_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("properties", [{"MessageRetentionPeriod": 60}, {"MessageRetentionPeriod": "899"}])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("properties", [{"MessageRetentionPeriod": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize("properties", [{}])
def test_what_it_does_not_judge_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
