"""Finds network firewalls in synthesized templates, with the rules that they are deployed with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

_FIREWALL = "AWS::NetworkFirewall::Firewall"


class NotEvaluableError(ValueError):
    """A firewall holds something that this model does not know; it never counts as proved."""


@dataclass(frozen=True)
class FirewallRules:
    """What a synthesized firewall decides by.

    Attributes:
        rules: Suricata rules, one a line, in the order of the policy.
        home_networks: What `$HOME_NET` stands for.
        default_actions: AWS's actions for what no rule decides, such as
            `aws:drop_established_app_layer_to_server`.
    """

    rules: str
    home_networks: tuple[str, ...]
    default_actions: tuple[str, ...]


def firewalls_in(template: Mapping[str, Any]) -> dict[str, FirewallRules]:
    """The firewalls of a template by their logical ids.

    Args:
        template: A synthesized template that also declares their policies and rule groups.

    Raises:
        NotEvaluableError: A firewall is not in strict order with its streams dropped, forwards less than
            everything to the stateful engine, or has rules that the template does not spell out.
    """
    resources = cast("Mapping[str, dict[str, Any]]", template["Resources"])
    return {
        name: _read(name, body["Properties"], resources)
        for name, body in resources.items()
        if body["Type"] == _FIREWALL
    }


def _read(name: str, firewall: Mapping[str, Any], resources: Mapping[str, dict[str, Any]]) -> FirewallRules:
    policy = _named(firewall["FirewallPolicyArn"], resources)["FirewallPolicy"]
    engine = {"RuleOrder": "STRICT_ORDER", "StreamExceptionPolicy": "DROP"}
    forwards = [policy["StatelessDefaultActions"], policy["StatelessFragmentDefaultActions"]]
    known = (
        policy.get("StatefulEngineOptions") == engine
        and forwards == [["aws:forward_to_sfe"]] * 2
        and not policy.get("StatelessRuleGroupReferences")
    )
    if not known:
        raise NotEvaluableError(
            f"{name}: known are strict order with stream exception DROP and stateless forwarding of all"
        )
    references = sorted(policy["StatefulRuleGroupReferences"], key=lambda entry: int(entry["Priority"]))
    groups = [_named(entry["ResourceArn"], resources)["RuleGroup"] for entry in references]
    (networks,) = {tuple(group["RuleVariables"]["IPSets"]["HOME_NET"]["Definition"]) for group in groups}
    return FirewallRules(
        rules="".join(group["RulesSource"]["RulesString"] for group in groups),
        home_networks=networks,
        default_actions=tuple(policy["StatefulDefaultActions"]),
    )


def _named(reference: Any, resources: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    fields = cast("dict[str, list[str]]", reference) if isinstance(reference, dict) else {}
    name = fields.get("Fn::GetAtt", [""])[0]
    if name not in resources:
        raise NotEvaluableError(f"{fields or reference} is no resource of the template")
    return cast("dict[str, Any]", resources[name]["Properties"])
