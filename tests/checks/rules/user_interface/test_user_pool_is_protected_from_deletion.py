"""A user pool goes by two steps, and not by one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolIsProtectedFromDeletion"


@pytest.mark.parametrize("properties", [{"DeletionProtection": "ACTIVE"}])
def test_a_protected_pool_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [({}, "DeletionProtection"), ({"DeletionProtection": "INACTIVE"}, "DeletionProtection")],
)
def test_one_that_a_call_deletes_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{"DeletionProtection": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
