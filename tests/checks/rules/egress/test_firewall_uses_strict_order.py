"""Rules are taken in the order in which they were written."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.egress.firewall_policies import GIVEN, engine, policy

RULE = "OwaspLlm-FirewallUsesStrictOrder"


@pytest.mark.parametrize("properties", [policy(), engine(RuleOrder="STRICT_ORDER")])
def test_a_closed_policy_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties", [policy(StatefulEngineOptions=None), engine(RuleOrder="DEFAULT_ACTION_ORDER"), {}]
)
def test_an_open_policy_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("properties", [engine(RuleOrder=GIVEN), policy(StatefulEngineOptions=GIVEN)])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"StatefulRuleOptions": {"RuleOrder": "STRICT_ORDER"}}, Compliant),
        ({"StatefulRuleOptions": {"RuleOrder": "DEFAULT_ACTION_ORDER"}}, NonCompliant),
        ({"StatefulRuleOptions": {"RuleOrder": GIVEN}}, Unknown),
        ({}, NotApplicable),
    ],
)
def test_a_group_says_in_which_order_it_was_written(
    ask: Callable[..., Answer], options: dict[str, Any], kind: type[Answer]
) -> None:
    answer = ask(RULE, {"RuleGroup": options}, resource_type="AWS::NetworkFirewall::RuleGroup")
    assert isinstance(answer, kind)
