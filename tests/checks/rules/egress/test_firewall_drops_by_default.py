"""What no rule decides is dropped."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from tests.checks.rules.egress.firewall_policies import GIVEN, policy

RULE = "OwaspLlm-FirewallDropsByDefault"


@pytest.mark.parametrize(
    "properties",
    [
        policy(),
        policy(StatefulDefaultActions=["aws:alert_strict", "aws:drop_strict"]),
        policy(StatelessDefaultActions=["aws:drop"]),
        policy(StatefulDefaultActions=["aws:drop_established", GIVEN]),
    ],
)
def test_a_closed_policy_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        policy(StatefulDefaultActions=None),
        policy(StatefulDefaultActions=["aws:alert_established"]),
        policy(StatelessDefaultActions=["aws:pass"]),
        policy(StatelessFragmentDefaultActions=["aws:pass"]),
        {},
    ],
)
def test_an_open_policy_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        policy(StatefulDefaultActions=[GIVEN]),
        policy(StatelessDefaultActions=[GIVEN]),
        policy(StatefulDefaultActions=GIVEN),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
