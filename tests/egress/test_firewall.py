import ipaddress
import itertools
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, InspectedEgress

Resources = Any  # the class stands in conftest.py, which cannot be imported
_ANYWHERE = "0.0.0.0/0"
_ENDPOINTS = {"eu-west-1a": "vpce-a", "eu-west-1b": "vpce-b", "eu-west-1c": "vpce-c"}


def _evaluate(value: Any, endpoint_ids: list[str]) -> Any:
    """CloudFormation's own functions, over a given answer of the firewall."""
    if isinstance(value, str):
        return value
    function, argument = _call(value)
    if function == "Fn::GetAtt":
        assert argument[1] == "EndpointIds"
        return endpoint_ids
    if function == "Fn::Select":
        return _evaluate(argument[1], endpoint_ids)[int(argument[0])]
    if function == "Fn::Split":
        return _evaluate(argument[1], endpoint_ids).split(argument[0])
    assert function == "Fn::Join"
    separator: str = argument[0]
    return separator.join(_evaluate(argument[1], endpoint_ids))


def _call(value: dict[str, Any]) -> tuple[str, Any]:
    ((function, argument),) = value.items()
    return function, argument


def _endpoint(route: dict[str, Any], endpoint_ids: list[str] | None = None) -> str:
    listed = endpoint_ids or [f"{zone}:{endpoint}" for zone, endpoint in _ENDPOINTS.items()]
    found = _evaluate(route["VpcEndpointId"], listed)
    assert isinstance(found, str)
    return found


def _subnets(inspected: Resources, role: str) -> dict[str, dict[str, Any]]:
    return {i: s for i, s in inspected.of("AWS::EC2::Subnet").items() if role in i}


def test_application_subnets_leave_through_the_firewall_of_their_zone_and_no_other_way(
    inspected: Resources,
) -> None:
    applications = _subnets(inspected, "Application")
    assert len(applications) == 3
    for subnet, properties in applications.items():
        routes = inspected.routes(inspected.table_of(subnet))
        assert set(routes) == {_ANYWHERE}
        assert set(routes[_ANYWHERE]) == {"RouteTableId", "DestinationCidrBlock", "VpcEndpointId"}
        assert _endpoint(routes[_ANYWHERE]) == _ENDPOINTS[properties["AvailabilityZone"]]


@pytest.mark.parametrize("order", list(itertools.permutations(_ENDPOINTS)))
def test_the_zone_finds_its_endpoint_in_whatever_order_aws_lists_them(
    inspected: Resources, order: tuple[str, ...]
) -> None:
    listed = [f"{zone}:{_ENDPOINTS[zone]}" for zone in order]
    for subnet, properties in _subnets(inspected, "Application").items():
        route = inspected.routes(inspected.table_of(subnet))[_ANYWHERE]
        assert _endpoint(route, listed) == _ENDPOINTS[properties["AvailabilityZone"]]


def test_a_zone_without_endpoint_fails_instead_of_taking_another(inspected: Resources) -> None:
    (subnet, *_) = _subnets(inspected, "Application1")
    route = inspected.routes(inspected.table_of(subnet))[_ANYWHERE]
    with pytest.raises(IndexError):
        _endpoint(route, ["eu-west-1b:vpce-b", "eu-west-1c:vpce-c"])


def test_firewall_subnets_leave_through_the_nat_gateway_of_their_zone(inspected: Resources) -> None:
    nats = inspected.of("AWS::EC2::NatGateway")
    subnets = inspected.of("AWS::EC2::Subnet")
    firewalls = _subnets(inspected, "EgressFirewall")
    assert len(firewalls) == len(nats) == 3
    for subnet, properties in firewalls.items():
        routes = inspected.routes(inspected.table_of(subnet))
        assert set(routes) == {_ANYWHERE}
        nat = nats[routes[_ANYWHERE]["NatGatewayId"]["Fn::GetAtt"][0]]
        beside = subnets[nat["SubnetId"]["Fn::GetAtt"][0]]
        assert beside["AvailabilityZone"] == properties["AvailabilityZone"]


def test_answers_come_back_through_the_same_firewall(inspected: Resources) -> None:
    applications = _subnets(inspected, "Application").values()
    publics = _subnets(inspected, "EgressPublic")
    assert len(publics) == 3
    for public in publics:
        routes = inspected.routes(inspected.table_of(public))
        assert set(routes) == {_ANYWHERE, *(a["CidrBlock"] for a in applications)}
        for application in applications:
            route = routes[application["CidrBlock"]]
            assert _endpoint(route) == _ENDPOINTS[application["AvailabilityZone"]]


def test_the_internet_gateway_is_reached_from_public_subnets_only(inspected: Resources) -> None:
    to_gateway = [p for p in inspected.of("AWS::EC2::Route").values() if "GatewayId" in p]
    assert len(to_gateway) == 1
    table = to_gateway[0]["RouteTableId"]["Fn::GetAtt"][0]
    users = {s for s in inspected.of("AWS::EC2::Subnet") if inspected.table_of(s) == table}
    assert users == set(_subnets(inspected, "EgressPublic"))


def test_nothing_of_ours_has_a_public_address_but_nat_gateways(inspected: Resources) -> None:
    assert len(inspected.of("AWS::EC2::EIP")) == len(inspected.of("AWS::EC2::NatGateway"))
    assert all(s["MapPublicIpOnLaunch"] is False for s in inspected.of("AWS::EC2::Subnet").values())


def test_no_two_subnets_overlap_and_the_vpc_holds_all(inspected: Resources) -> None:
    vpc = ipaddress.IPv4Network(inspected.one("AWS::EC2::VPC")["CidrBlock"])
    ranges = [ipaddress.IPv4Network(s["CidrBlock"]) for s in inspected.of("AWS::EC2::Subnet").values()]
    assert len(ranges) == 9
    assert all(one.subnet_of(vpc) for one in ranges)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(ranges, 2))


def test_adding_the_way_out_moves_no_subnet_of_the_network(inspected: Resources, isolated: Resources) -> None:
    before = isolated.of("AWS::EC2::Subnet")
    assert {i: s for i, s in inspected.of("AWS::EC2::Subnet").items() if i in before} == before


def test_it_works_in_a_vpc_of_somebody_else(stack: cdk.Stack) -> None:
    _egress(stack, _their_vpc(stack))
    template = assertions.Template.from_stack(stack)
    template.resource_count_is("AWS::EC2::VPC", 0)
    template.has_resource_properties(
        "AWS::EC2::Route", {"RouteTableId": "rtb-2", "DestinationCidrBlock": "0.0.0.0/0"}
    )
    template.has_resource_properties("AWS::EC2::Subnet", {"VpcId": "vpc-1", "CidrBlock": "10.0.9.64/28"})


def test_a_vpc_with_public_subnets_is_refused(stack: cdk.Stack) -> None:
    vpc = _their_vpc(stack, public_subnet_ids=["subnet-3", "subnet-4"])
    with pytest.raises(ValueError, match="has public subnets, so it has a way out that no firewall sees"):
        _egress(stack, vpc)


def test_a_shared_route_table_is_refused(stack: cdk.Stack) -> None:
    vpc = _their_vpc(stack, isolated_subnet_route_table_ids=["rtb-1", "rtb-1"])
    with pytest.raises(ValueError, match=r"share a route table.*Give every application subnet"):
        _egress(stack, vpc)


def test_a_zone_that_synth_does_not_know_is_refused(stack: cdk.Stack) -> None:
    unknown = ec2.PrivateSubnet(
        stack,
        "Subnet",
        vpc_id="vpc-1",
        cidr_block="10.0.0.0/24",
        availability_zone=cdk.Fn.select(0, cdk.Fn.get_azs()),
    )
    with pytest.raises(ValueError, match="one to 4 zones with literal names are needed"):
        _egress(stack, _their_vpc(stack), application_subnets=[unknown])


@pytest.mark.parametrize(
    ("cidr", "problem"),
    [("10.0.9.0/26", "Give a free range of /25 or larger"), ("ten", "is not an IPv4 network")],
)
def test_a_range_without_room_is_refused(stack: cdk.Stack, cidr: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        _egress(stack, _their_vpc(stack), egress_cidr=cidr)


def _their_vpc(stack: cdk.Stack, **overrides: Any) -> ec2.IVpc:
    attributes: dict[str, Any] = {
        "vpc_id": "vpc-1",
        "availability_zones": ["eu-west-1a", "eu-west-1b"],
        "isolated_subnet_ids": ["subnet-1", "subnet-2"],
        "isolated_subnet_route_table_ids": ["rtb-1", "rtb-2"],
        "isolated_subnet_ipv4_cidr_blocks": ["10.0.0.0/24", "10.0.1.0/24"],
    }
    return ec2.Vpc.from_vpc_attributes(stack, "TheirVpc", **(attributes | overrides))


def _egress(stack: cdk.Stack, vpc: ec2.IVpc, **overrides: Any) -> InspectedEgress:
    arguments: dict[str, Any] = {
        "vpc": vpc,
        "egress_cidr": "10.0.9.0/25",
        "allowed_domains": [AllowedDomain.exact("api.example.com")],
        "encryption_key": kms.Key(stack, "Key"),
    }
    return InspectedEgress(stack, "Egress", **(arguments | overrides))
