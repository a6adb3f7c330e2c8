"""A firewall cannot be deleted, nor given another policy, by one call."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-FirewallIsProtected"
_BOTH = {"DeleteProtection": True, "FirewallPolicyChangeProtection": True}


@pytest.mark.parametrize("properties", [_BOTH, dict.fromkeys(_BOTH, "true")])
def test_both_protections_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("name", _BOTH)
@pytest.mark.parametrize("value", [False, None])
def test_one_missing_is_not(ask: Callable[..., Answer], name: str, value: Any) -> None:
    answer = ask(RULE, _BOTH | {name: value})
    assert isinstance(answer, NonCompliant)
    assert answer.property == name


@pytest.mark.parametrize("name", _BOTH)
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, _BOTH | {name: {"Ref": "Given"}}), Unknown)
