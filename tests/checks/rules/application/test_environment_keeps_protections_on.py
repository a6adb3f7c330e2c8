"""No variable tells the code to do without a protection."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EnvironmentKeepsProtectionsOn"


def _function(**variables: object) -> dict[str, Any]:
    return {"Environment": {"Variables": variables}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUARDRAIL_ENABLED", "false"),
        ("ENABLE_GUARDRAILS", "0"),
        ("FINDINGS", "off"),
        ("VERIFY_SSL", "False"),
        ("REQUIRE_AUTH", "no"),
        ("SKIP_VALIDATION", "true"),
        ("DISABLE_PII_MASKING", "1"),
        ("MODE", "observe"),
        ("GUARDRAIL_MODE", "detect"),
        ("ENFORCEMENT_MODE", "dry-run"),
        ("ALLOWED_LINK_HOSTS", "*"),
        ("TRUSTED_ISSUERS", "https://id.example.org, *"),
        ("allowed_origins", "*"),
    ],
)
def test_a_protection_that_is_off_is_found(ask: Callable[..., Answer], name: str, value: str) -> None:
    answer = ask(RULE, _function(LOG_LEVEL="INFO", **{name: value}))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"Environment.Variables.{name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUARDRAIL_ENABLED", "true"),
        ("FINDINGS", "on"),
        ("SKIP_VALIDATION", "false"),
        ("MODE", "act"),
        ("GUARDRAIL_MODE", "enforce"),
        ("ALLOWED_LINK_HOSTS", "docs.aws.amazon.com"),
        ("ALLOWED_ORIGINS", "https://*.example.org"),
        ("ALLOWED_LINK_HOSTS", ""),
    ],
)
def test_a_protection_that_is_on_is_sound(ask: Callable[..., Answer], name: str, value: str) -> None:
    assert isinstance(ask(RULE, _function(**{name: value})), Compliant)


@pytest.mark.parametrize(
    "variables",
    [
        {"DEBUG": "false"},
        {"LOG_LEVEL": "off"},
        {"GUARDRAIL_ID": "0"},
        {"GUARDRAIL_MODE": {"Ref": "Given"}},
        {},
    ],
)
def test_other_variables_are_not_judged(ask: Callable[..., Answer], variables: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _function(**variables)), NotApplicable)
    assert isinstance(ask(RULE, {"Environment": {"Ref": "Given"}}), NotApplicable)
