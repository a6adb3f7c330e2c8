"""A passkey is no key that whoever finds it can use."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-UserPoolPasskeysKnowTheirUser"
PATH = "WebAuthnUserVerification"
PASSKEYS: dict[str, Any] = {
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
}


@pytest.mark.parametrize("properties", [{**PASSKEYS, "WebAuthnUserVerification": "required"}])
def test_a_passkey_that_verifies_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [(PASSKEYS, PATH), ({**PASSKEYS, PATH: "preferred"}, PATH)],
)
def test_one_that_does_not_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}, {PATH: "preferred"}])
def test_a_pool_without_passkeys_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("properties", [{**PASSKEYS, PATH: {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
