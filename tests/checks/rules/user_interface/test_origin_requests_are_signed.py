"""An origin access control signs what it asks for."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-OriginRequestsAreSigned"
PATH = "OriginAccessControlConfig.SigningBehavior"


def control(behavior: object) -> dict[str, Any]:
    return {"OriginAccessControlConfig": {"SigningBehavior": behavior, "SigningProtocol": "sigv4"}}


@pytest.mark.parametrize("properties", [control("always"), control("no-override")])
def test_a_control_that_signs_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [(control("never"), PATH), ({}, PATH)],
)
def test_one_that_does_not_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [control({"Ref": "Given"})])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
