"""A number or an address that somebody takes over opens no account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UserPoolRecoversSafely"
UPDATES = "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate"
EMAIL: dict[str, Any] = {"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}
HELD: dict[str, Any] = {
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}
}


def recovery(*names: object) -> dict[str, Any]:
    mechanisms = [{"Name": name, "Priority": number} for number, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


@pytest.mark.parametrize(
    "properties",
    [recovery("verified_email"), recovery("verified_email", "verified_phone_number"), {**EMAIL, **HELD}],
)
def test_safe_ways_back_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (recovery("verified_phone_number"), "AccountRecoverySetting.RecoveryMechanisms"),
        (EMAIL, UPDATES),
    ],
)
def test_an_unsafe_way_back_is_named(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}, {"AutoVerifiedAttributes": ["email"]}])
def test_a_pool_that_signs_in_by_name_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties", [recovery({"Ref": "Given"}), {**EMAIL, "AutoVerifiedAttributes": [{"Ref": "Given"}]}]
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
