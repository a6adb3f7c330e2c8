import copy
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from genai_defense.egress import AllowedDomain, suricata_rules
from genai_defense.proofs.firewall import (
    FirewallRules,
    NotEvaluableError,
    engine_rules,
    firewalls_in,
)
from genai_defense.proofs.firewall.report import report

_RULES = suricata_rules([AllowedDomain.exact("api.example.com")])
_TEMPLATE: dict[str, Any] = {
    "Resources": {
        "Wall": {
            "Type": "AWS::NetworkFirewall::Firewall",
            "Properties": {"FirewallPolicyArn": {"Fn::GetAtt": ["Policy", "FirewallPolicyArn"]}},
        },
        "Policy": {
            "Type": "AWS::NetworkFirewall::FirewallPolicy",
            "Properties": {
                "FirewallPolicy": {
                    "StatelessDefaultActions": ["aws:forward_to_sfe"],
                    "StatelessFragmentDefaultActions": ["aws:forward_to_sfe"],
                    "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER", "StreamExceptionPolicy": "DROP"},
                    "StatefulDefaultActions": ["aws:drop_established_app_layer_to_server"],
                    "StatefulRuleGroupReferences": [
                        {"Priority": 1, "ResourceArn": {"Fn::GetAtt": ["Group", "RuleGroupArn"]}}
                    ],
                }
            },
        },
        "Group": {
            "Type": "AWS::NetworkFirewall::RuleGroup",
            "Properties": {
                "RuleGroup": {
                    "RuleVariables": {"IPSets": {"HOME_NET": {"Definition": ["10.0.0.0/24"]}}},
                    "RulesSource": {"RulesString": _RULES},
                }
            },
        },
    }
}


def test_rules_networks_and_default_actions_are_read() -> None:
    expected = FirewallRules(_RULES, ("10.0.0.0/24",), ("aws:drop_established_app_layer_to_server",))
    assert firewalls_in(_TEMPLATE) == {"Wall": expected}


@pytest.mark.parametrize(
    "change",
    [
        {"StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER", "StreamExceptionPolicy": "CONTINUE"}},
        {"StatefulEngineOptions": {"RuleOrder": "DEFAULT_ACTION_ORDER", "StreamExceptionPolicy": "DROP"}},
        {"StatelessDefaultActions": ["aws:pass"]},
        {"StatelessFragmentDefaultActions": ["aws:pass"]},
        {"StatelessRuleGroupReferences": [{"Priority": 1, "ResourceArn": "arn"}]},
        {"StatefulRuleGroupReferences": [{"Priority": 1, "ResourceArn": "arn:aws:elsewhere"}]},
    ],
)
def test_what_the_model_does_not_know_is_refused(change: dict[str, Any]) -> None:
    template = copy.deepcopy(_TEMPLATE)
    template["Resources"]["Policy"]["Properties"]["FirewallPolicy"] |= change
    with pytest.raises(NotEvaluableError):
        firewalls_in(template)


def test_an_order_that_the_engine_would_change_is_refused() -> None:
    (firewall,) = firewalls_in(_TEMPLATE).values()
    backwards = "".join(f"{line}\n" for line in reversed(firewall.rules.splitlines()))
    with pytest.raises(NotEvaluableError, match="passes, then alerts, then drops"):
        engine_rules(FirewallRules(backwards, firewall.home_networks, ()))


def test_a_default_action_without_a_model_is_refused() -> None:
    with pytest.raises(NotEvaluableError, match="aws:drop_strict"):
        engine_rules(FirewallRules(_RULES, ("10.0.0.0/24",), ("aws:drop_strict",)))


def test_default_actions_stand_below_all_rules() -> None:
    (firewall,) = firewalls_in(_TEMPLATE).values()
    text = engine_rules(firewall)
    assert text.startswith(_RULES)
    assert all("(model)" in line for line in text.removeprefix(_RULES).splitlines())
    assert engine_rules(firewall, default_actions=False) == _RULES


def test_an_assembly_without_a_firewall_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "Empty.template.json").write_text(json.dumps({"Resources": {}}))
    console = Console(record=True, width=200)
    assert report(tmp_path, console=console) == 1
    assert "holds no AWS::NetworkFirewall::Firewall" in console.export_text()
