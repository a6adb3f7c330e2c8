"""Subnets, route tables and firewalls to ask rules about."""

from typing import Any

FIREWALL: dict[str, Any] = {"Firewall": {"Type": "AWS::NetworkFirewall::Firewall", "Properties": {}}}
THIRD_PARTY = {
    "Gateway": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "GatewayLoadBalancer"}}
}
SERVICE = {"Service": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface"}}}
ANYWHERE = "0.0.0.0/0"


def endpoint_in(zone: str) -> dict[str, Any]:
    """The endpoint of the resource `Firewall` in one zone, as the kit writes it."""
    listed = {"Fn::Join": [",", {"Fn::GetAtt": ["Firewall", "EndpointIds"]}]}
    return {"Fn::Select": [0, {"Fn::Split": [",", {"Fn::Select": [1, {"Fn::Split": [f"{zone}:", listed]}]}]}]}


def subnet(name: str = "Subnet", block: str = "10.0.0.0/24") -> dict[str, Any]:
    """A subnet of the VPC `Vpc` with the route table `<name>Table`."""
    table = f"{name}Table"
    association = {"SubnetId": {"Ref": name}, "RouteTableId": {"Ref": table}}
    return {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        name: {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": block}},
        table: {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        f"{name}Association": {
            "Type": "AWS::EC2::SubnetRouteTableAssociation",
            "Properties": association,
        },
    }


def route(table: str, to: str = ANYWHERE, **target: Any) -> dict[str, Any]:
    """A route of a table."""
    properties = {"RouteTableId": {"Ref": table}, "DestinationCidrBlock": to, **target}
    return {"Type": "AWS::EC2::Route", "Properties": properties}
