from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from genai_defense.egress import ApplicationNetwork

Resources = Any  # the class stands in conftest.py, which cannot be imported


def _network(stack: cdk.Stack, **overrides: Any) -> ApplicationNetwork:
    arguments: dict[str, Any] = {
        "availability_zones": ["eu-west-1a", "eu-west-1b"],
        "encryption_key": kms.Key(stack, "Key"),
    }
    return ApplicationNetwork(stack, "Network", **(arguments | overrides))


@pytest.mark.parametrize(
    "kind",
    [
        "AWS::EC2::InternetGateway",
        "AWS::EC2::EgressOnlyInternetGateway",
        "AWS::EC2::VPCGatewayAttachment",
        "AWS::EC2::NatGateway",
        "AWS::EC2::EIP",
        "AWS::EC2::Route",
        "AWS::EC2::TransitGatewayAttachment",
        "AWS::EC2::VPCPeeringConnection",
        "AWS::NetworkFirewall::Firewall",
    ],
)
def test_there_is_no_way_out(isolated: Resources, kind: str) -> None:
    assert isolated.of(kind) == {}


def test_one_subnet_per_zone_takes_a_quarter_and_hands_out_no_public_address(isolated: Resources) -> None:
    subnets = isolated.of("AWS::EC2::Subnet").values()
    assert {(s["AvailabilityZone"], s["CidrBlock"]) for s in subnets} == {
        ("eu-west-1a", "10.40.0.0/18"),
        ("eu-west-1b", "10.40.64.0/18"),
        ("eu-west-1c", "10.40.128.0/18"),
    }
    assert all(s["MapPublicIpOnLaunch"] is False for s in subnets)


def test_dns_is_on_as_private_endpoints_need_it(isolated: Resources) -> None:
    vpc = isolated.one("AWS::EC2::VPC")
    assert (vpc["EnableDnsSupport"], vpc["EnableDnsHostnames"]) == (True, True)


def test_every_flow_is_logged_to_an_encrypted_group_that_stays(isolated: Resources) -> None:
    flow_log = isolated.one("AWS::EC2::FlowLog")
    assert (flow_log["ResourceType"], flow_log["TrafficType"]) == ("VPC", "ALL")
    assert flow_log["MaxAggregationInterval"] == 60
    group = isolated.one("AWS::Logs::LogGroup")
    assert "KmsKeyId" in group
    assert group["RetentionInDays"] == 365
    assert {r["DeletionPolicy"] for r in isolated.all.values() if r["Type"] == "AWS::Logs::LogGroup"} == {
        "Retain",
    }


def test_the_flow_log_role_serves_flow_logs_of_this_account_only(isolated: Resources) -> None:
    (trust,) = isolated.one("AWS::IAM::Role")["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": "111122223333"}
    (granted,) = isolated.one("AWS::IAM::ManagedPolicy")["PolicyDocument"]["Statement"]
    assert granted["Action"] == ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    assert isolated.of("AWS::IAM::Policy") == {}


def test_gateway_endpoints_serve_all_application_subnets_under_their_own_policy(isolated: Resources) -> None:
    tables = {isolated.table_of(subnet) for subnet in isolated.of("AWS::EC2::Subnet")}
    gateways = [
        e for e in isolated.of("AWS::EC2::VPCEndpoint").values() if e.get("VpcEndpointType") == "Gateway"
    ]
    assert len(gateways) == 2
    for gateway in gateways:
        assert {reference["Ref"] for reference in gateway["RouteTableIds"]} == tables
        (statement,) = gateway["PolicyDocument"]["Statement"]
        assert statement["Action"] in ("s3:PutObject", "dynamodb:Query")
        assert statement["Condition"] == {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}


def test_no_custom_resource_and_no_function_comes_along(isolated: Resources) -> None:
    kinds = {resource["Type"] for resource in isolated.all.values()}
    assert not any(kind.startswith(("Custom::", "AWS::Lambda::", "AWS::CloudFormation::")) for kind in kinds)


def test_synth_asks_no_account_for_its_zones() -> None:
    app = cdk.App()
    stack = cdk.Stack(app, "Bound", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    _network(stack)
    assembly = app.synth()
    manifest = assembly.directory + "/manifest.json"
    with open(manifest, encoding="utf-8") as file:  # noqa: PTH123 - the path is jsii's string
        assert '"missing"' not in file.read()


def test_a_function_lands_in_the_application_subnets(stack: cdk.Stack) -> None:
    network = _network(stack, availability_zones=["eu-west-1a", "eu-west-1b"])
    lambda_.Function(
        stack,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): pass"),
        vpc=network.vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
    )
    template = assertions.Template.from_stack(stack)
    subnets = set(template.find_resources("AWS::EC2::Subnet"))
    (function,) = template.find_resources("AWS::Lambda::Function").values()
    assert {reference["Ref"] for reference in function["Properties"]["VpcConfig"]["SubnetIds"]} == subnets


def test_destroy_takes_the_flow_logs_only_when_asked(stack: cdk.Stack) -> None:
    _network(stack, removal_policy=cdk.RemovalPolicy.DESTROY)
    (group,) = assertions.Template.from_stack(stack).find_resources("AWS::Logs::LogGroup").values()
    assert group["DeletionPolicy"] == "Delete"


def test_the_free_quarter_touches_no_subnet(stack: cdk.Stack) -> None:
    assert _network(stack, cidr="10.9.0.0/22").egress_cidr == "10.9.3.0/24"


@pytest.mark.parametrize(
    "zones",
    [["eu-west-1a"], ["eu-west-1a", "eu-west-1a"], list("abcd"), [cdk.Fn.select(0, cdk.Fn.get_azs()), "b"]],
)
def test_zones_must_be_two_or_three_different_names(stack: cdk.Stack, zones: list[str]) -> None:
    with pytest.raises(ValueError, match="two or three different zone names are needed"):
        _network(stack, availability_zones=zones)


@pytest.mark.parametrize(
    "cidr", ["10.0.0.0/8", "10.0.0.0/23", "8.8.0.0/16", "10.0.0.1/16", "net", "fd00::/16"]
)
def test_a_range_that_cannot_be_cut_is_refused_with_an_example(stack: cdk.Stack, cidr: str) -> None:
    with pytest.raises(
        ValueError, match=r"Foreign/Network: cidr .*give one such as 10\.0\.0\.0/16|Give one such"
    ):
        _network(stack, cidr=cidr)


def test_a_gateway_endpoint_open_to_everybody_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="Foreign/Network/Objects: no policy statement given"):
        _network(stack).add_gateway_endpoint(
            "Objects", service=ec2.GatewayVpcEndpointAwsService.S3, statements=[]
        )
