"""Firewall policies to ask rules about."""

from typing import Any

GIVEN = {"Ref": "Given"}
DROPS = "drop udp any any -> any any (sid:1;)\ndrop icmp any any -> any any (sid:2;)"


def policy(**changes: Any) -> dict[str, Any]:
    """A sound policy with some of its fields changed; None takes one away."""
    fields: dict[str, Any] = {
        "StatelessDefaultActions": ["aws:forward_to_sfe"],
        "StatelessFragmentDefaultActions": ["aws:forward_to_sfe"],
        "StatefulDefaultActions": ["aws:drop_established_app_layer_to_server"],
        "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER", "StreamExceptionPolicy": "DROP"},
        "StatefulRuleGroupReferences": [reference("Group")],
        **changes,
    }
    return {"FirewallPolicy": {name: value for name, value in fields.items() if value is not None}}


def engine(**options: Any) -> dict[str, Any]:
    """A policy whose engine has these options only."""
    return policy(StatefulEngineOptions=options)


def reference(name: str) -> dict[str, Any]:
    """A rule group of the same template."""
    return {"Priority": 1, "ResourceArn": {"Fn::GetAtt": [name, "RuleGroupArn"]}}


def group(**source: Any) -> dict[str, Any]:
    """The resource `Group`, with this source of rules."""
    properties = {"Type": "STATEFUL", "Capacity": 100, "RuleGroup": {"RulesSource": source}}
    return {"Group": {"Type": "AWS::NetworkFirewall::RuleGroup", "Properties": properties}}


def five_tuple(protocol: str, action: str = "DROP", **header: str) -> dict[str, Any]:
    """A rule without Suricata's words."""
    everything = dict.fromkeys(("Source", "SourcePort", "Destination", "DestinationPort"), "ANY")
    return {
        "Action": action,
        "Header": {"Protocol": protocol, "Direction": "ANY", **everything, **header},
        "RuleOptions": [{"Keyword": "sid", "Settings": ["1"]}],
    }
