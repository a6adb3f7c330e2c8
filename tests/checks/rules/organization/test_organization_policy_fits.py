"""A policy is within what Organizations takes."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-OrganizationPolicyFits"
Ask = Callable[..., Answer]


def policy(kind: str, chars: int) -> dict[str, Any]:
    return {"Type": kind, "Content": {"Statement": "x" * chars}}


@pytest.mark.parametrize(
    "properties",
    [
        policy("SERVICE_CONTROL_POLICY", 5_000),
        policy("BEDROCK_POLICY", 9_000),
        {"Type": "SERVICE_CONTROL_POLICY", "Content": "{}"},
        {"Type": "TAG_POLICY", "Content": {"tags": {"Ref": "Given"}}},
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (policy("SERVICE_CONTROL_POLICY", 5_120), "Content"),
        (policy("RESOURCE_CONTROL_POLICY", 6_000), "Content"),
        (policy("AISERVICES_OPT_OUT_POLICY", 2_500), "Content"),
        ({"Type": "SERVICE_CONTROL_POLICY", "Content": " " * 5_119 + "{}"}, "Content"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"Type": {"Ref": "Given"}, "Content": {}},
        {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize(
    "properties",
    [
        {"Type": "A_POLICY_OF_TOMORROW", "Content": {"a": "x" * 99_999}},
    ],
)
def test_what_is_about_something_else_is_left_alone(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
