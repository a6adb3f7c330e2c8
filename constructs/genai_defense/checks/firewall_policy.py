"""What an AWS Network Firewall policy decides, as far as the templates spell it out."""

import re
from collections.abc import Iterator

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference, Value, dig, items

_DROP = re.compile(
    r"^drop\s+(?P<protocol>[a-z]+)\s+(any|\$HOME_NET)\s+any\s+(->|<>)\s+(any|\$EXTERNAL_NET)\s+any\s*"
    r"\((?P<options>.*)\)\s*$",
    re.MULTILINE,
)
# Options that narrow nothing: what a drop says of itself.
_SAYS = re.compile(r'(msg|sid|rev|gid|classtype|metadata|priority|reference)\s*:\s*("[^"]*"|[^;"]*);')
_WHOLE_HEADER = ("Source", "SourcePort", "Destination", "DestinationPort")


def rule_groups(policy: Resource) -> Iterator[Value]:
    """The stateful rule groups of a policy, as references where the templates have them."""
    for entry in items(policy.get("FirewallPolicy.StatefulRuleGroupReferences")):
        yield dig(entry, "ResourceArn")


def drops_all(group: Reference, protocol: str) -> bool:
    """Whether a rule group drops every packet of a protocol, whatever its addresses, ports and content.

    Args:
        group: A reference to an `AWS::NetworkFirewall::RuleGroup`.
        protocol: `udp` or `icmp`.
    """
    source = group.resource.get("RuleGroup.RulesSource")
    text = dig(source, "RulesString")
    if isinstance(text, str) and any(
        found["protocol"] in {protocol, "ip"} and not _SAYS.sub("", found["options"]).strip()
        for found in _DROP.finditer(text)
    ):
        return True
    return any(_drops(rule, protocol) for rule in items(dig(source, "StatefulRules")))


def _drops(rule: Value, protocol: str) -> bool:
    header = dig(rule, "Header")
    return (
        dig(rule, "Action") == "DROP"
        and dig(header, "Protocol") in {protocol.upper(), "IP"}
        and all(dig(header, part) == "ANY" for part in _WHOLE_HEADER)
        and all(dig(option, "Keyword") in {"sid", "msg", "rev"} for option in items(dig(rule, "RuleOptions")))
    )
