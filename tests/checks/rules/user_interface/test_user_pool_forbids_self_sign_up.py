"""Only administrators create users, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolForbidsSelfSignUp"


@pytest.mark.parametrize(
    "properties",
    [
        {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}},
        {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": "true"}},
    ],
)
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [{}, {"AdminCreateUserConfig": {}}, {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False}}],
)
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": {"Ref": "Given"}}},
        {"AdminCreateUserConfig": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
