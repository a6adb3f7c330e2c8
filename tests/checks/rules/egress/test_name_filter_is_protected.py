"""The DNS firewall cannot be taken off by one call."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-NameFilterIsProtected"


def test_protected_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MutationProtection": "ENABLED"}), Compliant)


@pytest.mark.parametrize("properties", [{}, {"MutationProtection": "DISABLED"}])
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MutationProtection"


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MutationProtection": {"Ref": "Given"}}), Unknown)
