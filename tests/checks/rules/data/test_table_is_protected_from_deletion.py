"""A table is not deleted by one call."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-TableIsProtectedFromDeletion"


@pytest.mark.parametrize(
    "properties",
    [
        {"DeletionProtectionEnabled": True},
        {"DeletionProtectionEnabled": "true"},
    ],
)
def test_a_protected_table_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"DeletionProtectionEnabled": False},
    ],
)
def test_a_table_without_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"DeletionProtectionEnabled": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
