import copy
from typing import Any

import aws_cdk as cdk
import pytest
import yaml
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.checks.template_graph import Template, TemplateGraph
from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress
from genai_defense.proofs.network import NetworkPaths
from genai_defense.proofs.network.hop import HopKind
from genai_defense.proofs.network.paths import Way

_ZONES = ["eu-west-1a", "eu-west-1b"]
_ROUTE = "AWS::EC2::Route"


def _template(*, inspected: bool) -> dict[str, Any]:
    stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))
    key = kms.Key(stack, "Key")
    network = ApplicationNetwork(stack, "Network", availability_zones=_ZONES, encryption_key=key)
    if inspected:
        InspectedEgress(
            stack,
            "Egress",
            vpc=network.vpc,
            egress_cidr=network.egress_cidr,
            allowed_domains=[AllowedDomain.exact("api.example.com")],
            encryption_key=key,
        )
    return dict(assertions.Template.from_stack(stack).to_json())


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    return _template(inspected=True)


@pytest.fixture
def template(built: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(built)


def _route(template: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (
        body["Properties"]
        for logical_id, body in template["Resources"].items()
        if body["Type"] == _ROUTE and name in logical_id
    )
    properties: dict[str, Any] = found
    return properties


def _paths(template: dict[str, Any]) -> NetworkPaths:
    return NetworkPaths(TemplateGraph([Template("network", template)]))


def _around(template: dict[str, Any]) -> list[Way]:
    paths = _paths(template)
    return [way for subnet in paths.application_subnets for way in paths.around(subnet)]


def _one_sided(template: dict[str, Any]) -> list[Way]:
    paths = _paths(template)
    return [way for subnet in paths.application_subnets for way, _ in paths.one_sided(subnet)]


def test_each_zone_leaves_and_comes_back_by_its_own_firewall(template: dict[str, Any]) -> None:
    paths = _paths(template)
    assert len(paths.application_subnets) == len(_ZONES)
    for subnet in paths.application_subnets:
        (way,) = paths.ways_out(subnet)
        assert [hop.kind for hop in way.hops] == [HopKind.FIREWALL, HopKind.NAT, HopKind.OUTSIDE]
        assert way.hops[0].name.endswith(f" in {subnet.get('AvailabilityZone')}")
        assert paths.way_back(subnet, way) == way.firewalls
    assert _around(template) == _one_sided(template) == []


def test_without_egress_there_is_no_way_at_all() -> None:
    paths = _paths(_template(inspected=False))
    assert [paths.ways_out(subnet) for subnet in paths.application_subnets] == [[], []]


@pytest.mark.parametrize(
    "target",
    [
        "GatewayId",
        "TransitGatewayId",
        "VpcPeeringConnectionId",
        "InstanceId",
        "NetworkInterfaceId",
        "EgressOnlyInternetGatewayId",
        "CarrierGatewayId",
        "CoreNetworkArn",
        "LocalGatewayId",
    ],
)
@pytest.mark.parametrize(
    "destination",
    [
        {"DestinationCidrBlock": "0.0.0.0/0"},
        {"DestinationCidrBlock": "198.51.100.0/24"},
        {"DestinationIpv6CidrBlock": "::/0"},
        {"DestinationPrefixListId": "pl-0123456789abcdef0"},
    ],
)
def test_any_other_target_of_an_application_subnet_is_found(
    template: dict[str, Any], target: str, destination: dict[str, str]
) -> None:
    table = _route(template, "ApplicationToFirewall1")["RouteTableId"]
    around = {"RouteTableId": table, **destination, target: "somewhere"}
    template["Resources"]["Around"] = {"Type": _ROUTE, "Properties": around}
    (way,) = _around(template)
    assert "by Around" in str(way)


def test_routes_that_a_vpn_adds_are_found(template: dict[str, Any]) -> None:
    table = _route(template, "ApplicationToFirewall1")["RouteTableId"]
    properties = {"RouteTableIds": [table], "VpnGatewayId": "vgw-1"}
    template["Resources"]["Vpn"] = {"Type": "AWS::EC2::VPNGatewayRoutePropagation", "Properties": properties}
    (way,) = _around(template)
    assert str(way) == "VPN by Vpn"


def test_a_nat_gateway_without_firewall_is_found(template: dict[str, Any]) -> None:
    route = _route(template, "ApplicationToFirewall1")
    del route["VpcEndpointId"]
    route["NatGatewayId"] = _route(template, "FirewallToNat1")["NatGatewayId"]
    (way,) = _around(template)
    assert [hop.kind for hop in way.hops] == [HopKind.NAT, HopKind.OUTSIDE]


def test_answers_that_go_straight_to_the_subnet_are_found(template: dict[str, Any]) -> None:
    (name,) = (name for name in template["Resources"] if "PublicToFirewall1" in name)
    del template["Resources"][name]
    assert len(_one_sided(template)) == 1


@pytest.mark.parametrize("name", ["ApplicationToFirewall1", "PublicToFirewall1"])
def test_the_firewall_of_another_zone_is_found(template: dict[str, Any], name: str) -> None:
    other = name.replace("1", "2")
    _route(template, name)["VpcEndpointId"] = _route(template, other)["VpcEndpointId"]
    assert len(_one_sided(template)) == 1


def test_a_firewall_without_a_way_on_is_no_way_out(template: dict[str, Any]) -> None:
    (name,) = (name for name in template["Resources"] if "FirewallToNat1" in name)
    del template["Resources"][name]
    paths = _paths(template)
    assert sorted(len(paths.ways_out(subnet)) for subnet in paths.application_subnets) == [0, 1]


def test_a_circle_is_no_way_that_passes(template: dict[str, Any]) -> None:
    _route(template, "FirewallToNat1").pop("NatGatewayId")
    _route(template, "FirewallToNat1")["VpcEndpointId"] = _route(template, "ApplicationToFirewall1")[
        "VpcEndpointId"
    ]
    paths = _paths(template)
    assert any(way.circle for subnet in paths.application_subnets for way in paths.ways_out(subnet))


def test_a_target_that_no_template_declares_is_unknown(template: dict[str, Any]) -> None:
    template["Parameters"] = {"Endpoint": {"Type": "String"}}
    _route(template, "ApplicationToFirewall1")["VpcEndpointId"] = {"Ref": "Endpoint"}
    paths = _paths(template)
    assert sum(bool(paths.unknown(subnet)) for subnet in paths.application_subnets) == 1


def test_answers_to_an_internet_gateway_follow_the_table_of_the_gateway() -> None:
    """A firewall without NAT gateway: the gateway's own table sends answers back through the firewall."""
    template = yaml.safe_load(_EDGE)
    assert _around(template) == _one_sided(template) == []
    del template["Resources"]["Edge"]
    assert len(_one_sided(template)) == 1


_EDGE = """
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  App: {Type: AWS::EC2::Subnet, Properties: {VpcId: {Ref: Vpc}, CidrBlock: 10.0.1.0/24}}
  Wall: {Type: AWS::EC2::Subnet, Properties: {VpcId: {Ref: Vpc}, CidrBlock: 10.0.2.0/24}}
  Firewall: {Type: AWS::NetworkFirewall::Firewall, Properties: {SubnetMappings: [{SubnetId: {Ref: Wall}}]}}
  AppTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: {Ref: Vpc}}}
  WallTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: {Ref: Vpc}}}
  EdgeTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: {Ref: Vpc}}}
  A1:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: {Ref: App}, RouteTableId: {Ref: AppTable}}
  A2:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: {Ref: Wall}, RouteTableId: {Ref: WallTable}}
  Edge:
    Type: AWS::EC2::GatewayRouteTableAssociation
    Properties: {GatewayId: {Ref: Gateway}, RouteTableId: {Ref: EdgeTable}}
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: {Ref: AppTable}
      DestinationCidrBlock: 0.0.0.0/0
      VpcEndpointId: &endpoint
        "Fn::Select": [1, {"Fn::Split": [":", {"Fn::Select": [0, {"Fn::GetAtt": [Firewall, EndpointIds]}]}]}]
  On:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: {Ref: WallTable}, DestinationCidrBlock: 0.0.0.0/0, GatewayId: {Ref: Gateway}}
  Back:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: {Ref: EdgeTable}
      DestinationCidrBlock: {"Fn::GetAtt": [App, CidrBlock]}
      VpcEndpointId: *endpoint
"""
