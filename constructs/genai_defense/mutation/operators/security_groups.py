"""Security groups: who comes in, where it goes."""

import re
from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_intrinsic, is_set, places
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array, is_object

_GROUP = "AWS::EC2::SecurityGroup"
_RULES = {"AWS::EC2::SecurityGroupIngress": "in", "AWS::EC2::SecurityGroupEgress": "out"}
_PEERS = (
    "CidrIp",
    "CidrIpv6",
    "DestinationPrefixListId",
    "DestinationSecurityGroupId",
    "SourcePrefixListId",
    "SourceSecurityGroupId",
    "SourceSecurityGroupName",
    "SourceSecurityGroupOwnerId",
)
_PORTS = ("FromPort", "ToPort")
_ANYWHERE = "0.0.0.0/0"
_BALANCERS = ("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer")


def _wider(rule: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule with every address, with every port, and with both."""
    if rule.get("CidrIp") == "127.0.0.1/32" or rule.get("CidrIp") == "255.255.255.255/32":
        return
    elsewhere = {key: value for key, value in rule.items() if key not in _PEERS} | {"CidrIp": _ANYWHERE}
    everything = {k: v for k, v in elsewhere.items() if k not in _PORTS} | {"IpProtocol": "-1"}
    if rule.get("CidrIp") != _ANYWHERE and rule.get("CidrIpv6") != "::/0":
        yield "every address", elsewhere
    if str(rule.get("IpProtocol")) != "-1":
        peers = {key: value for key, value in rule.items() if key not in _PORTS} | {"IpProtocol": "-1"}
        yield "every port", peers
        yield "everything", everything


@operator(id="group-rule-wide", mutant_class=CONVENTIONAL, resource_types=tuple(_RULES))
def rule(site: Site) -> Iterator[Weakening]:
    """A rule that stands by itself."""
    way = _RULES[site.type]
    for what, made in _wider(site.properties):
        gone = [site.edit((key,)) for key in site.properties if key not in made]
        put = [site.edit((key,), value) for key, value in made.items() if site.get(key) != value]
        yield site.weakening(f"It lets {way} {what}.", *gone, *put)


@operator(id="group-rule-inside-wide", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def inside(site: Site) -> Iterator[Weakening]:
    """Each rule that stands in its group."""
    sides = [("SecurityGroupIngress", "in")]
    if not _is_of_balancers(site):
        sides.append(("SecurityGroupEgress", "out"))
    for name, way in sides:
        for place in places(site.properties, f"{name}.*"):
            if is_object(place.value) and not is_intrinsic(place.value):
                for what, made in _wider(place.value):
                    yield site.weakening(f"It lets {way} {what}.", site.edit(place.path, made))


@operator(id="group-rule-added", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def added(site: Site) -> Iterator[Weakening]:
    """Two doors of administrators, and one of a database, to everybody."""
    present = site.get("SecurityGroupIngress")
    if present is None or is_array(present):
        open_ = {
            str(e.get("FromPort")) for e in entries(present) if is_object(e) and e.get("CidrIp") == _ANYWHERE
        }
        for port in (one for one in (22, 3389, 5432) if str(one) not in open_):
            door = {
                "CidrIp": _ANYWHERE,
                "FromPort": port,
                "IpProtocol": "tcp",
                "ToPort": port,
                "Description": "temporary",
            }
            made = [*entries(present), door]
            yield site.weakening(
                f"It lets in everybody on {port}.", site.edit(("SecurityGroupIngress",), made)
            )


def _is_of_balancers(site: Site) -> bool:
    """Whether load balancers alone stand in the group: they connect to their targets, and nothing else.

    No request makes them connect elsewhere, so that rules on what they let out protect nothing.
    """
    names = re.compile(rf"'(Ref|Fn::GetAtt)': \[?'{re.escape(site.logical_id)}['.]")
    users = {
        str(resource.get("Type"))
        for resource in site.templates[site.template]["Resources"].values()
        if is_object(resource) and names.search(str(resource.get("Properties")))
    }
    return bool(users & set(_BALANCERS)) and users <= {*_BALANCERS, _GROUP, *_RULES}


@operator(id="group-egress-by-default", mutant_class=CONVENTIONAL, resource_types=(_GROUP,))
def by_default(site: Site) -> Iterator[Weakening]:
    """Without rules of its own a group has the rule that CloudFormation adds."""
    present = site.get("SecurityGroupEgress")
    if is_set(present) and _ANYWHERE not in str(present) and not _is_of_balancers(site):
        yield site.weakening(
            "Without rules of its own a group lets everything out.", site.edit(("SecurityGroupEgress",))
        )
