"""Twelve characters at least; what is not said is Cognito's eight."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolRequiresLongPasswords"


@pytest.mark.parametrize(
    "properties",
    [
        {"Policies": {"PasswordPolicy": {"MinimumLength": 12}}},
        {"Policies": {"PasswordPolicy": {"MinimumLength": "14"}}},
    ],
)
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"Policies": {}},
        {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}},
        {"Policies": {"PasswordPolicy": {"MinimumLength": "11"}}},
    ],
)
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"Policies": {"PasswordPolicy": {"MinimumLength": {"Ref": "Given"}}}},
        {"Policies": {"Ref": "Given"}},
        {"Policies": {"PasswordPolicy": {"MinimumLength": "many"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
