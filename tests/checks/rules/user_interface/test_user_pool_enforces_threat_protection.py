"""Threat protection acts, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-UserPoolEnforcesThreatProtection"


@pytest.mark.parametrize("properties", [{"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}])
def test_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
        {"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}},
    ],
)
def test_it_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [{"UserPoolAddOns": {"AdvancedSecurityMode": {"Ref": "Given"}}}, {"UserPoolAddOns": {"Ref": "Given"}}],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
