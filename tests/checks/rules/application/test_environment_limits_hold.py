"""A limit in an environment is a number, above nothing and in proportion."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EnvironmentLimitsHold"


def _function(**variables: object) -> dict[str, Any]:
    return {"Environment": {"Variables": variables}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_TOKENS", "0"),
        ("max_output_tokens", "-1"),
        ("TOKENS_PER_DAY", "unlimited"),
        ("TOKENS_PER_DAY", "2000000000"),
        ("REQUESTS_PER_USER_PER_DAY", "none"),
        ("REQUESTS_PER_DAY", 500_000),
        ("QUESTIONS_PER_HOUR", "5000"),
        ("HISTORY_TURNS", "10000"),
        ("MAX_PAGES", "500000"),
        ("MAX_UPLOAD_BYTES", "10485760000"),
        ("MAX_FILE_MB", "10000"),
        ("APPROVAL_MINUTES", "60000"),
        ("CONVERSATION_DAYS", "30000"),
        ("BLOCK_ADDRESS_AFTER_HITS", "200000"),
        ("WARN_AFTER", "0"),
        ("BLOCKED_MINUTES", "0"),
        ("DAILY_QUOTA", "0"),
        ("MODEL_THRESHOLD", "0.99"),
        ("GROUNDING_SCORE", "0.01"),
    ],
)
def test_a_limit_that_limits_nothing_is_found(ask: Callable[..., Answer], name: str, value: object) -> None:
    answer = ask(RULE, _function(LOG_LEVEL="INFO", **{name: value}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"Environment.Variables.{name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_TOKENS", "2048"),
        ("TOKENS_PER_DAY", "2000000"),
        ("REQUESTS_PER_DAY", "500"),
        ("HISTORY_TURNS", "10"),
        ("MAX_PAGES", "500"),
        ("MAX_DOCUMENT_BYTES", "10485760"),
        ("APPROVAL_MINUTES", "60"),
        ("RETENTION_DAYS", "2555"),
        ("SLOW_AFTER", "6"),
        ("BLOCKED_MINUTES", "60000"),
    ],
)
def test_a_limit_in_proportion_is_sound(ask: Callable[..., Answer], name: str, value: str) -> None:
    assert isinstance(ask(RULE, _function(**{name: value})), Compliant)


@pytest.mark.parametrize(
    "variables",
    [
        {"MAX_RETRIES": "0"},
        {"CACHE_TTL_MINUTES": "0"},
        {"TEMPERATURE": "0"},
        {"MODEL_THRESHOLD": "0.5"},
        {"ALARM_THRESHOLD": "100"},
        {"SWITCHES_PER_DAY": "0"},
        {"EXPIRE_AFTER_SECONDS": "86400"},
        {"MAX_TOKENS": {"Ref": "Given"}},
        {},
    ],
)
def test_what_is_no_limit_or_not_known_is_not_judged(
    ask: Callable[..., Answer], variables: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, _function(**variables)), NotApplicable)
    assert isinstance(ask(RULE, {"Environment": {"Ref": "Given"}}), NotApplicable)


def test_one_threshold_for_an_act_is_enough(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _function(KILL_AFTER_USERS="5", KILL_AFTER_TENANTS="0")), Compliant)
    assert isinstance(ask(RULE, _function(KILL_AFTER_USERS="0", KILL_AFTER_TENANTS="0")), NonCompliant)
