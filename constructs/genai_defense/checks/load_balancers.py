"""Reads load balancers: whether strangers reach them, and what stands in front of them."""

from collections.abc import Iterator

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference, Value, dig, items


def is_public(balancer: Resource) -> bool:
    """Whether the internet reaches a load balancer: it faces it, and a security group lets strangers in.

    Security groups that take only prefix lists (CloudFront's own) or other groups let nobody else in.
    """
    if balancer.get("Scheme") == "internal":
        return False
    sources = [
        source
        for group in items(balancer.get("SecurityGroups"))
        if isinstance(group, Reference)
        for source in _sources(group.resource)
    ]
    return not sources or not all(_is_closed(source) for source in sources)


def balancer_of(listener: Resource) -> Resource | None:
    """The load balancer of a listener, if the graph has it."""
    arn = listener.get("LoadBalancerArn")
    return arn.resource if isinstance(arn, Reference) else None


def _sources(group: Resource) -> Iterator[Value]:
    yield from items(group.get("SecurityGroupIngress"))


def _is_closed(rule: Value) -> bool:
    if dig(rule, "CidrIp") is None and dig(rule, "CidrIpv6") is None:
        return True
    return str(dig(rule, "CidrIp")).startswith(("10.", "172.16.", "192.168."))
