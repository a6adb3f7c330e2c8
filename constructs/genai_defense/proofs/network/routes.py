"""Reads subnets, route tables, gateways and firewalls out of one synthesized template."""

import ipaddress
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

Properties = dict[str, Any]
Network = ipaddress.IPv4Network
_ZONE = re.compile(r'"([a-z0-9-]+):"')


class Routes:
    """One template's routing, asked by logical ids.

    Args:
        template: A synthesized template with one VPC.
    """

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._resources = cast("dict[str, dict[str, Any]]", template["Resources"])
        self.subnets = self.of("AWS::EC2::Subnet")
        self._table_of = {
            target(entry["SubnetId"]): target(entry["RouteTableId"])
            for entry in self.of("AWS::EC2::SubnetRouteTableAssociation").values()
        }
        self._firewall_subnets = {
            self.subnets[name]["AvailabilityZone"]: name
            for firewall in self.of("AWS::NetworkFirewall::Firewall").values()
            for name in (target(mapping["SubnetId"]) for mapping in firewall["SubnetMappings"])
        }
        self._nat_subnets = {
            name: target(nat["SubnetId"]) for name, nat in self.of("AWS::EC2::NatGateway").items()
        }

    def of(self, kind: str) -> dict[str, Properties]:
        """Logical id to properties of all resources of one type."""
        return {
            name: cast("Properties", body.get("Properties", {}))
            for name, body in self._resources.items()
            if body["Type"] == kind
        }

    @property
    def application_subnets(self) -> list[str]:
        """The subnets that are neither a firewall's nor a NAT gateway's."""
        served = {*self._firewall_subnets.values(), *self._nat_subnets.values()}
        return [name for name in self.subnets if name not in served]

    def range_of(self, subnet: str) -> Network:
        """The addresses of a subnet."""
        return Network(self.subnets[subnet]["CidrBlock"])

    def leaving(self, subnet: str) -> Iterator[Properties]:
        """The routes of a subnet for anything that is not in its VPC."""
        for route in self._routes(subnet):
            if not self._is_inside(route):
                yield route

    def towards(self, origin: str, goal: str) -> Properties | None:
        """The route by which a subnet reaches another one; None for the VPC's own, direct way.

        Args:
            origin: The subnet that sends.
            goal: The subnet that receives.
        """
        whole = self.range_of(goal)
        fitting = [
            (Network(route["DestinationCidrBlock"]).prefixlen, number, route)
            for number, route in enumerate(self._routes(origin))
            if self._is_inside(route) and whole.subnet_of(Network(route["DestinationCidrBlock"]))
        ]
        return max(fitting)[2] if fitting else None

    def next_hop(self, route: Properties) -> tuple[str, str | None]:
        """What a route leads to, and the subnet where that stands; None where it is the outside.

        An endpoint of a firewall is told by the zone at which its list of endpoints is cut.
        """
        if "NatGatewayId" in route:
            nat = target(route["NatGatewayId"])
            return f"nat {nat}", self._nat_subnets.get(nat)
        if "VpcEndpointId" in route:
            zones = _ZONE.findall(json.dumps(route["VpcEndpointId"]))
            if len(zones) == 1 and zones[0] in self._firewall_subnets:
                return f"firewall {zones[0]}", self._firewall_subnets[zones[0]]
        return "outside", None

    def _routes(self, subnet: str) -> Iterator[Properties]:
        table = self._table_of.get(subnet)
        for route in self.of("AWS::EC2::Route").values():
            if table is not None and target(route["RouteTableId"]) == table:
                yield route

    def _is_inside(self, route: Properties) -> bool:
        block = route.get("DestinationCidrBlock")
        return isinstance(block, str) and any(
            Network(vpc["CidrBlock"]).supernet_of(Network(block)) for vpc in self.of("AWS::EC2::VPC").values()
        )


def target(reference: Any) -> str:
    """The logical id that a Ref or GetAtt names; what is neither stays a text of its own."""
    fields = cast("dict[str, Any]", reference) if isinstance(reference, dict) else {}
    if "Ref" in fields:
        return str(fields["Ref"])
    return str(fields["Fn::GetAtt"][0]) if "Fn::GetAtt" in fields else json.dumps(reference)
