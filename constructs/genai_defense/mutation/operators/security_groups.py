"""Security groups: who comes in, where it goes."""

from collections.abc import Iterator
from typing import Any

from genai_defense.mutation.factories import CONVENTIONAL, dropped
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
    for name, way in (("SecurityGroupIngress", "in"), ("SecurityGroupEgress", "out")):
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


EGRESS = dropped(
    "group-egress-by-default",
    CONVENTIONAL,
    _GROUP,
    "SecurityGroupEgress",
    "Without rules of its own a group lets everything out.",
    when=lambda raw: is_set(raw) and _ANYWHERE not in str(raw),
)
