"""Which ports of a security group stand open to the internet."""

from collections.abc import Iterator
from typing import NamedTuple

from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, references, whole

EVERYWHERE = ("0.0.0.0/0", "::/0")
_LAST_PORT = 65535
_ANY_PORT = -1
_NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_PORTLESS = {"icmp", "icmpv6"}


class Door(NamedTuple):
    """A rule of a security group that is open to every address, or from which every address is reached.

    Attributes:
        path: Where it stands.
        protocol: `tcp`, `udp`, `icmp`, or `-1` for all.
        first: First port.
        last: Last port.
    """

    path: str
    protocol: str
    first: int
    last: int

    @property
    def is_every_port(self) -> bool:
        """Whether it is for all ports there are."""
        return self.protocol == "-1" or (self.first <= 1 and self.last >= _LAST_PORT)

    def has(self, port: int) -> bool:
        """Whether a port is among its own."""
        return self.protocol not in _PORTLESS and (self.is_every_port or self.first <= port <= self.last)


def doors(resource: Resource, side: str) -> Iterator[Door | Unresolved]:
    """The rules of a group, or of a rule that stands alone, for every address.

    Args:
        resource: A security group, or an `AWS::EC2::SecurityGroupIngress` or `…Egress`.
        side: `Ingress` or `Egress`.
    """
    for path, entry in rules_of_group(resource, side):
        yield from _door(entry, path)


def rules_of_group(resource: Resource, *sides: str) -> Iterator[tuple[str, Value]]:
    """Path and body of the rules of a group, or of a rule that stands alone; without sides, of both."""
    for side in sides or ("Ingress", "Egress"):
        if resource.type == f"AWS::EC2::SecurityGroup{side}":
            yield "CidrIp", resource.properties
        for index, entry in enumerate(items(resource.get(f"SecurityGroup{side}"))):
            yield f"SecurityGroup{side}.{index}", entry


def standing_rules(group: Resource, graph: TemplateGraph, side: str) -> list[Resource]:
    """The rules of a group that are resources of their own, in any stack of the graph."""
    return [
        rule
        for rule in graph.referrers(group)
        if rule.type == f"AWS::EC2::SecurityGroup{side}"
        and any(found.resource is group for found in references(rule.get("GroupId")))
    ]


def ways_out(group: Resource, graph: TemplateGraph) -> Iterator[Door | Unresolved]:
    """What a security group lets out to every address; without a rule of its own that is everything."""
    alone = standing_rules(group, graph, "Egress")
    if group.get("SecurityGroupEgress") is None and not alone:
        yield Door("SecurityGroupEgress", "-1", 0, _LAST_PORT)
    for each in (group, *alone):
        yield from doors(each, "Egress")


def _door(entry: Value, path: str) -> Iterator[Door | Unresolved]:
    if isinstance(entry, Opaque):
        yield Unresolved(entry.why)
        return
    addresses = [dig(entry, name) for name in ("CidrIp", "CidrIpv6")]
    if not any(address in EVERYWHERE for address in addresses):
        return
    protocol = dig(entry, "IpProtocol")
    first = whole(_port(dig(entry, "FromPort")), default=0)
    last = whole(_port(dig(entry, "ToPort")), default=_LAST_PORT)
    for value in (protocol, first, last):
        if isinstance(value, Opaque):
            yield Unresolved(value.why)
            return
    if isinstance(first, int) and isinstance(last, int):
        text = str(protocol).lower()
        yield Door(path, _NAMES.get(text, text), first, last)


def _port(value: Value) -> Value:
    return None if value in (_ANY_PORT, str(_ANY_PORT)) else value
