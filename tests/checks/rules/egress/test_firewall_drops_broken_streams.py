"""A connection that the firewall lost track of is ended."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from tests.checks.rules.egress.firewall_policies import GIVEN, engine, policy

RULE = "OwaspLlm-FirewallDropsBrokenStreams"


@pytest.mark.parametrize("properties", [policy(), engine(StreamExceptionPolicy="REJECT")])
def test_a_closed_policy_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties", [policy(StatefulEngineOptions=None), engine(StreamExceptionPolicy="CONTINUE")]
)
def test_an_open_policy_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("properties", [engine(StreamExceptionPolicy=GIVEN)])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
