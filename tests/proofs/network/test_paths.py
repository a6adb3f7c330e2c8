import copy
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress
from genai_defense.proofs.network import NetworkPaths

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


def test_each_zone_leaves_and_comes_back_by_its_own_firewall(template: dict[str, Any]) -> None:
    paths = NetworkPaths(template)
    assert len(paths.application_subnets) == len(_ZONES)
    for subnet in paths.application_subnets:
        (way,) = paths.ways_out(subnet)
        wall = f"firewall {paths.zone_of(subnet)}"
        assert way[0] == wall
        assert way[1].startswith("nat ")
        assert way[2] == "outside"
        assert paths.way_back(subnet, way) == (wall,)
    assert paths.avoiding() == {}


def test_without_egress_there_is_no_way_at_all() -> None:
    paths = NetworkPaths(_template(inspected=False))
    assert [paths.ways_out(subnet) for subnet in paths.application_subnets] == [[], []]


@pytest.mark.parametrize("target", ["GatewayId", "TransitGatewayId", "VpcPeeringConnectionId", "InstanceId"])
@pytest.mark.parametrize("block", ["0.0.0.0/0", "198.51.100.0/24"])
def test_any_other_target_of_an_application_subnet_is_found(
    template: dict[str, Any], target: str, block: str
) -> None:
    table = _route(template, "ApplicationToFirewall1")["RouteTableId"]
    around = {"RouteTableId": table, "DestinationCidrBlock": block, target: "somewhere"}
    template["Resources"]["Around"] = {"Type": _ROUTE, "Properties": around}
    ((_, ways),) = NetworkPaths(template).avoiding().items()
    assert ways == [("outside",)]


def test_a_nat_gateway_without_firewall_is_found(template: dict[str, Any]) -> None:
    route = _route(template, "ApplicationToFirewall1")
    del route["VpcEndpointId"]
    route["NatGatewayId"] = _route(template, "FirewallToNat1")["NatGatewayId"]
    ((_, ways),) = NetworkPaths(template).avoiding().items()
    assert [hop.split(" ")[0] for hop in ways[0]] == ["nat", "outside"]


def test_answers_that_go_straight_to_the_subnet_are_found(template: dict[str, Any]) -> None:
    (name,) = (name for name in template["Resources"] if "PublicToFirewall1" in name)
    del template["Resources"][name]
    assert len(NetworkPaths(template).avoiding()) == 1


@pytest.mark.parametrize("name", ["ApplicationToFirewall1", "PublicToFirewall1"])
def test_the_firewall_of_another_zone_is_found(template: dict[str, Any], name: str) -> None:
    other = name.replace("1", "2")
    _route(template, name)["VpcEndpointId"] = _route(template, other)["VpcEndpointId"]
    assert len(NetworkPaths(template).avoiding()) == 1


def test_a_firewall_without_a_way_on_is_no_way_out(template: dict[str, Any]) -> None:
    (name,) = (name for name in template["Resources"] if "FirewallToNat1" in name)
    del template["Resources"][name]
    paths = NetworkPaths(template)
    assert sorted(len(paths.ways_out(subnet)) for subnet in paths.application_subnets) == [0, 1]


def test_a_circle_is_no_way_that_passes(template: dict[str, Any]) -> None:
    _route(template, "FirewallToNat1").pop("NatGatewayId")
    _route(template, "FirewallToNat1")["VpcEndpointId"] = _route(template, "ApplicationToFirewall1")[
        "VpcEndpointId"
    ]
    paths = NetworkPaths(template)
    assert any(way[-1].startswith("loop at") for s in paths.application_subnets for way in paths.ways_out(s))
