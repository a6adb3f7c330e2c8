"""What an AWS Network Firewall policy decides, as far as the templates spell it out."""

import re
from collections.abc import Iterator
from typing import Final

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference, Value, dig, items

_DROP = re.compile(
    r"^drop\s+(?P<protocol>[a-z]+)\s+(any|\$HOME_NET)\s+any\s+(->|<>)\s+(any|\$EXTERNAL_NET)\s+any\s*"
    r"\((?P<options>.*)\)\s*$",
    re.MULTILINE,
)
# Options that narrow nothing: what a drop says of itself.
_SAYS = re.compile(r'(msg|sid|rev|gid|classtype|metadata|priority|reference)\s*:\s*("[^"]*"|[^;"]*);')
_SAYS_OR_EXCEPTS = re.compile(rf"{_SAYS.pattern}|ip_proto\s*:\s*!\s*(TCP|UDP|ICMP|6|17|1)\s*;", re.IGNORECASE)
OTHER: Final = "other"
"""Every protocol that is neither TCP nor UDP nor ICMP."""
_WHOLE_HEADER = ("Source", "SourcePort", "Destination", "DestinationPort")


def rule_groups(policy: Resource) -> Iterator[Value]:
    """The stateful rule groups of a policy, as references where the templates have them."""
    for entry in items(policy.get("FirewallPolicy.StatefulRuleGroupReferences")):
        yield dig(entry, "ResourceArn")


def drops_all(group: Reference, protocol: str) -> bool:
    """Whether a rule group drops every packet of a protocol, whatever its addresses, ports and content.

    Args:
        group: A reference to an `AWS::NetworkFirewall::RuleGroup`.
        protocol: `udp` or `icmp`; `other` for all that are neither of them nor TCP.
    """
    source = group.resource.get("RuleGroup.RulesSource")
    text = dig(source, "RulesString")
    if isinstance(text, str) and drops_all_in(text, protocol):
        return True
    return any(_drops(rule, protocol) for rule in items(dig(source, "StatefulRules")))


def drops_all_in(text: str, protocol: str) -> bool:
    """Whether a text of rules drops every packet of a protocol; the arguments are as in `drops_all`."""
    narrowing = _SAYS_OR_EXCEPTS if protocol == OTHER else _SAYS
    return any(
        found["protocol"] in {protocol, "ip"} and not narrowing.sub("", found["options"]).strip()
        for found in _DROP.finditer(text)
    )


def _drops(rule: Value, protocol: str) -> bool:
    header = dig(rule, "Header")
    return (
        dig(rule, "Action") == "DROP"
        and dig(header, "Protocol") in {protocol.upper(), "IP"}
        and all(dig(header, part) == "ANY" for part in _WHOLE_HEADER)
        and all(dig(option, "Keyword") in {"sid", "msg", "rev"} for option in items(dig(rule, "RuleOptions")))
    )
