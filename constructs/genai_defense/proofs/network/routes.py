"""Reads subnets, route tables, gateways and firewalls out of the templates of one deployment."""

from __future__ import annotations

import ipaddress
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from genai_defense.checks.values import Opaque, Reference, Value, dig, items, shown
from genai_defense.proofs.mentions import mentions, raw_property
from genai_defense.proofs.network.hop import Hop, HopKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genai_defense.checks.template_graph import Resource, TemplateGraph

SUBNET, VPC = "AWS::EC2::Subnet", "AWS::EC2::VPC"
_TABLES = (
    ("AWS::EC2::SubnetRouteTableAssociation", "SubnetId"),
    ("AWS::EC2::GatewayRouteTableAssociation", "GatewayId"),
)
_OUTSIDE = {
    "CarrierGatewayId": "carrier gateway",
    "CoreNetworkArn": "core network",
    "EgressOnlyInternetGatewayId": "egress-only internet gateway",
    "GatewayId": "gateway",
    "InstanceId": "instance",
    "LocalGatewayId": "local gateway",
    "NetworkInterfaceId": "network interface",
    "OdbNetworkArn": "peered database network",
    "TransitGatewayId": "transit gateway",
    "VpcPeeringConnectionId": "peered network",
}
_ZONE = re.compile(r'"([a-z]{2}[a-z0-9-]+):"')
_FIREWALL, _ENDPOINT = "AWS::NetworkFirewall::Firewall", "AWS::EC2::VPCEndpoint"


class Routes:
    """The routing of one deployment.

    Args:
        graph: Its templates.
    """

    def __init__(self, graph: TemplateGraph) -> None:
        self._graph = graph
        self.subnets = list(graph.of_type(SUBNET))
        self.open_ends: list[str] = []
        self._tables: dict[Resource, list[Resource]] = defaultdict(list)
        for kind, owner in _TABLES:
            for entry in graph.of_type(kind):
                self._associate(entry, entry.get(owner), entry.get("RouteTableId"))
        self._routes: dict[Resource, list[Resource]] = defaultdict(list)
        for route in graph.of_type("AWS::EC2::Route"):
            self._add(route)
        self._by_vpn: dict[Resource, list[Resource]] = defaultdict(list)
        for entry in graph.of_type("AWS::EC2::VPNGatewayRoutePropagation"):
            for table in items(entry.get("RouteTableIds")):
                if isinstance(table, Reference):
                    self._by_vpn[table.resource].append(entry)
                else:
                    self.open_ends.append(f"{entry.logical_id} adds routes to {shown(table)}")

    def unknown_table(self, subnet: Resource) -> str:
        """Why nobody knows the routes of a subnet; empty where the templates say them."""
        if self._tables[subnet] or isinstance(subnet.get("VpcId"), Reference):
            return ""
        return f"{subnet.logical_id} uses the main route table of a network that no template declares"

    def leaving(self, place: Resource) -> Iterator[Hop]:
        """Where the routes lead that are not for the network itself."""
        for table in self._tables[place]:
            for route in self._routes[table]:
                if not self._is_inside(route):
                    yield self.hop(route)
            for entry in self._by_vpn[table]:
                yield Hop(HopKind.OUTSIDE, f"VPN by {entry.logical_id}")

    def towards(self, place: Resource, goal: Resource) -> Hop | None:
        """Where the route leads by which a place reaches a subnet; None for the network's own, direct way.

        Args:
            place: The subnet, or the gateway, that sends.
            goal: The subnet that receives.
        """
        fitting = [
            (narrow, number, route)
            for table in self._tables[place]
            for number, route in enumerate(self._routes[table])
            if (narrow := self._covers(route, goal)) is not None
        ]
        return self.hop(max(fitting, key=lambda entry: entry[:2])[2]) if fitting else None

    def hop(self, route: Resource) -> Hop:
        """What a route leads to. An endpoint of a firewall is told by the zone at which its list is cut."""
        if (nat := route.get("NatGatewayId")) is not None:
            return self._nat(nat)
        for name, what in _OUTSIDE.items():
            if (target := route.get(name)) is not None:
                place = (target.resource,) if isinstance(target, Reference) else ()
                called = place[0].logical_id if place else shown(target)
                return Hop(HopKind.OUTSIDE, f"{what} {called} by {route.logical_id}", place)
        return self._endpoint(route)

    def served_by(self) -> tuple[set[Resource], set[Resource]]:
        """The subnets of firewalls, and those of NAT gateways."""
        walls = {place for each in self._graph.of_type(_FIREWALL, _ENDPOINT) for place in self._of_wall(each)}
        nats = {
            found
            for nat in self._graph.of_type("AWS::EC2::NatGateway")
            for found in mentions(nat, "SubnetId", self._graph)
        }
        return walls, nats

    def _nat(self, nat: Value) -> Hop:
        if not isinstance(nat, Reference):
            return Hop(HopKind.UNKNOWN, f"a NAT gateway that no template declares ({shown(nat)})")
        name = f"nat {nat.resource.logical_id}"
        subnet = nat.resource.get("SubnetId")
        if subnet is None:  # a regional one stands in no subnet, and leads out by itself
            return Hop(HopKind.OUTSIDE, name)
        if not isinstance(subnet, Reference):
            return Hop(HopKind.UNKNOWN, f"{name}, in a subnet that no template declares ({shown(subnet)})")
        return Hop(HopKind.NAT, name, (subnet.resource,))

    def _endpoint(self, route: Resource) -> Hop:
        walls = [
            found
            for found in mentions(route, "VpcEndpointId", self._graph)
            if found.type == _FIREWALL
            or (found.type == _ENDPOINT and found.get("VpcEndpointType") == "GatewayLoadBalancer")
        ]
        if not walls:
            return Hop(HopKind.UNKNOWN, f"what nobody can tell, by {route.logical_id}")
        wall, text = walls[0], json.dumps(raw_property(route, "VpcEndpointId"), sort_keys=True, default=str)
        places = self._of_wall(wall)
        zones = _ZONE.findall(text)
        if len(zones) == 1:
            here = tuple(place for place in places if place.get("AvailabilityZone") == zones[0])
            return Hop(HopKind.FIREWALL, f"firewall {wall.logical_id} in {zones[0]}", here or places)
        cut = "" if len(places) <= 1 else f", endpoint {text}"
        return Hop(HopKind.FIREWALL, f"firewall {wall.logical_id}{cut}", places)

    def _of_wall(self, wall: Resource) -> tuple[Resource, ...]:
        if wall.type == _FIREWALL:
            found = [
                each if isinstance(each, Opaque) else dig(each, "SubnetId")
                for each in items(wall.get("SubnetMappings"))
            ]
        else:
            balanced = wall.get("VpcEndpointType") == "GatewayLoadBalancer"
            found = items(wall.get("SubnetIds")) if balanced else []
        return tuple(each.resource for each in found if isinstance(each, Reference))

    def _associate(self, entry: Resource, owner: Value, table: Value) -> None:
        if isinstance(owner, Reference) and isinstance(table, Reference):
            self._tables[owner.resource].append(table.resource)
        elif isinstance(owner, Reference):
            self.open_ends.append(f"{owner.resource.logical_id} has a route table that no template declares")
        else:
            self.open_ends.append(f"{entry.logical_id} is for what no template declares ({shown(owner)})")

    def _add(self, route: Resource) -> None:
        table = route.get("RouteTableId")
        if route.get("GatewayId") == "local":
            return
        if isinstance(table, Reference):
            self._routes[table.resource].append(route)
        else:
            self.open_ends.append(f"{route.logical_id} stands in a route table that no template declares")

    def _is_inside(self, route: Resource) -> bool:
        destination = route.get("DestinationCidrBlock")
        if isinstance(destination, Reference):
            return destination.resource.type in {SUBNET, VPC}
        block = network(destination)
        return block is not None and any(
            outer.supernet_of(block)
            for vpc in self._graph.of_type(VPC, "AWS::EC2::VPCCidrBlock")
            if (outer := network(vpc.get("CidrBlock"))) is not None
        )

    def _covers(self, route: Resource, goal: Resource) -> int | None:
        """How narrowly a route inside the network covers a subnet; None where it does not."""
        if not self._is_inside(route):
            return None
        destination = route.get("DestinationCidrBlock")
        if isinstance(destination, Reference):
            named = destination.resource
            destination = None if named is goal else named.get("CidrBlock")
            if named is goal:
                return _NARROWEST
        outer, inner = network(destination), network(goal.get("CidrBlock"))
        covers = outer is not None and inner is not None and outer.supernet_of(inner)
        return outer.prefixlen if outer is not None and covers else None


_NARROWEST = 33


def network(value: Any) -> ipaddress.IPv4Network | None:
    """A block of IPv4 addresses; None for anything else."""
    try:
        return ipaddress.IPv4Network(value) if isinstance(value, str) else None
    except ValueError:
        return None
