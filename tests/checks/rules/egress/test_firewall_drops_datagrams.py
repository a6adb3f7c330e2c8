"""UDP and ICMP are dropped outright."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.egress import AllowedDomain, suricata_rules
from tests.checks.rules.egress.firewall_policies import (
    DROPS,
    GIVEN,
    five_tuple,
    group,
    policy,
    reference,
)

RULE = "OwaspLlm-FirewallDropsDatagrams"
_ONLY_UDP = "drop udp any any -> any any (sid:1;)"


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (policy(), group(RulesString=DROPS)),
        (policy(), group(RulesString=suricata_rules([AllowedDomain.exact("api.example.com")]))),
        (
            policy(),
            group(RulesString='drop ip $HOME_NET any <> $EXTERNAL_NET any (msg:"all"; sid:1; rev:2;)'),
        ),
        (policy(), group(StatefulRules=[five_tuple("UDP"), five_tuple("ICMP")])),
        (policy(), group(StatefulRules=[five_tuple("IP")])),
        (policy(StatefulDefaultActions=["aws:drop_strict"], StatefulRuleGroupReferences=None), {}),
        (
            policy(StatefulRuleGroupReferences=[reference("Group"), {"ResourceArn": GIVEN}]),
            group(RulesString=DROPS),
        ),
    ],
)
def test_outright_drops_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), Compliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (policy(StatefulRuleGroupReferences=None), {}),
        (policy(), group(RulesString=_ONLY_UDP)),
        (policy(), group(RulesString=f"# {DROPS}")),
        (
            policy(),
            group(RulesString="drop udp any any -> any 53 (sid:1;)\ndrop icmp any any -> any any (sid:2;)"),
        ),
        (policy(), group(RulesString="drop ip any any -> any any (ip_proto:!TCP; sid:1;)")),
        (policy(), group(RulesString="drop ip any any -> any any (flow:established; sid:1;)")),
        (policy(), group(RulesString="alert ip any any -> any any (sid:1;)")),
        (policy(), group(StatefulRules=[five_tuple("UDP"), five_tuple("ICMP", action="ALERT")])),
        (policy(), group(StatefulRules=[five_tuple("IP", Destination="10.0.0.0/8")])),
        (policy(), group(RulesSourceList={"GeneratedRulesType": "ALLOWLIST"})),
    ],
)
def test_a_gap_is_not(ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]) -> None:
    answer = ask(RULE, properties, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "FirewallPolicy.StatefulRuleGroupReferences"


@pytest.mark.parametrize(
    "arn", [GIVEN, "arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/ThreatSignatures"]
)
def test_a_rule_group_from_elsewhere_leaves_it_open(ask: Callable[..., Answer], arn: Any) -> None:
    references = [reference("Group"), {"Priority": 2, "ResourceArn": arn}]
    properties = policy(StatefulRuleGroupReferences=references)
    assert isinstance(ask(RULE, properties, others=group(RulesString=_ONLY_UDP)), Unknown)
