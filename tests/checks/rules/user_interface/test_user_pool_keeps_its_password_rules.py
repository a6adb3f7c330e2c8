"""A hole in the password policy is found; whoever relies on length alone is left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UserPoolKeepsItsPasswordRules"
POLICY = "Policies.PasswordPolicy"
ASKED = dict.fromkeys(("RequireLowercase", "RequireNumbers", "RequireSymbols", "RequireUppercase"), True)


def policy(**entries: object) -> dict[str, Any]:
    return {"Policies": {"PasswordPolicy": entries}}


@pytest.mark.parametrize(
    "properties",
    [
        policy(**ASKED),
        policy(MinimumLength=14),
        policy(**ASKED, TemporaryPasswordValidityDays=1, PasswordHistorySize=12),
    ],
)
def test_a_policy_without_a_hole_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        *((policy(**{**ASKED, name: False}), f"{POLICY}.{name}") for name in ASKED),
        (policy(TemporaryPasswordValidityDays=365), f"{POLICY}.TemporaryPasswordValidityDays"),
        (policy(PasswordHistorySize=0), f"{POLICY}.PasswordHistorySize"),
    ],
)
def test_each_hole_is_named(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}])
def test_a_pool_without_a_policy_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"Policies": {"PasswordPolicy": {"Ref": "Given"}}},
        policy(TemporaryPasswordValidityDays={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
