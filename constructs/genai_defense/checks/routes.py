"""Which ways lead out of a subnet, by the routes in the templates."""

import json
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, cast

from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Value

_ASSOCIATION = "AWS::EC2::SubnetRouteTableAssociation"
_ROUTE = "AWS::EC2::Route"
_FIREWALL = "AWS::NetworkFirewall::Firewall"
_ENDPOINT = "AWS::EC2::VPCEndpoint"
_TO_OUTSIDE = (
    "GatewayId",
    "NatGatewayId",
    "EgressOnlyInternetGatewayId",
    "CarrierGatewayId",
    "InstanceId",
    "NetworkInterfaceId",
)
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


class Way(Enum):
    """Where a route leads."""

    FIREWALL = "through a firewall"
    AROUND = "around every firewall"
    UNKNOWN = "where no template says"


def tables_of(subnet: Resource, graph: TemplateGraph) -> list[Resource]:
    """The route tables that a subnet is associated with; none where it uses its VPC's main table."""
    return [
        table.resource
        for entry in graph.of_type(_ASSOCIATION)
        if refers_to(entry.get("SubnetId"), subnet)
        and isinstance(table := entry.get("RouteTableId"), Reference)
    ]


def subnets_of(table: Resource, graph: TemplateGraph) -> list[Resource]:
    """The subnets that are associated with a route table."""
    return [
        subnet.resource
        for entry in graph.of_type(_ASSOCIATION)
        if refers_to(entry.get("RouteTableId"), table)
        and isinstance(subnet := entry.get("SubnetId"), Reference)
    ]


def routes_of(table: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """The routes of a route table that lead out of its VPC, or to an endpoint in it."""
    for route in graph.of_type(_ROUTE):
        if refers_to(route.get("RouteTableId"), table) and route.get("GatewayId") != "local":
            yield route


def way_of(route: Resource, graph: TemplateGraph) -> Way:
    """Where a route leads, by the kind of its target."""
    if any(route.get(name) is not None for name in _TO_OUTSIDE):
        return Way.AROUND
    if route.get("VpcEndpointId") is not None and any(_inspects(each) for each in named_in(route, graph)):
        return Way.FIREWALL
    return Way.UNKNOWN


def destination(route: Resource) -> Value:
    """What a route is for."""
    return next((value for name in _DESTINATIONS if (value := route.get(name)) is not None), None)


def endpoint(route: Resource) -> str:
    """The endpoint that a route leads to, as the template writes it: equal texts are one endpoint."""
    return json.dumps(_properties(route).get("VpcEndpointId"), sort_keys=True)


def named_in(route: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """The resources that the route's endpoint is computed from.

    Its id is usually cut out of a list (`Fn::Select`), which nobody can do before the deployment, so the
    names are read from the functions' arguments.
    """
    for name in _names(_properties(route).get("VpcEndpointId")):
        if resource := graph.find(route.template, name):
            yield resource


def refers_to(value: Value, resource: Resource) -> bool:
    """Whether a value is a reference to this very resource."""
    return isinstance(value, Reference) and value.resource is resource


def _inspects(resource: Resource) -> bool:
    return resource.type == _FIREWALL or (
        resource.type == _ENDPOINT and resource.get("VpcEndpointType") == "GatewayLoadBalancer"
    )


def _properties(route: Resource) -> dict[str, Any]:
    body = route.template.entry("Resources", route.logical_id) or {}
    return cast("dict[str, Any]", body.get("Properties", {}))


def _names(raw: Any) -> Iterator[str]:
    if isinstance(raw, dict):
        body = cast("dict[str, Any]", raw)
        if isinstance(body.get("Ref"), str):
            yield body["Ref"]
        argument: Any = body.get("Fn::GetAtt")
        if argument:
            yield argument.split(".")[0] if isinstance(argument, str) else str(argument[0])
        for inner in body.values():
            yield from _names(inner)
    elif isinstance(raw, list):
        for inner in cast("Sequence[Any]", raw):
            yield from _names(inner)
