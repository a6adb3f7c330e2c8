import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam

from genai_defense.egress import PrivateEndpoint


def _endpoint(stack: cdk.Stack) -> tuple[PrivateEndpoint, ec2.IVpc]:
    vpc = ec2.Vpc.from_vpc_attributes(
        stack,
        "TheirVpc",
        vpc_id="vpc-1",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        isolated_subnet_ids=["subnet-1", "subnet-2"],
    )
    endpoint = PrivateEndpoint(
        stack,
        "Bedrock",
        vpc=vpc,
        service=ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
        statements=[
            iam.PolicyStatement(
                principals=[iam.AccountRootPrincipal()],
                actions=["bedrock:InvokeModel"],
                resources=["arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"],
            ),
        ],
    )
    return endpoint, vpc


@pytest.fixture
def endpoint(stack: cdk.Stack) -> assertions.Template:
    """An endpoint in somebody's VPC that one of their groups may use."""
    built, vpc = _endpoint(stack)
    built.allow_from(ec2.SecurityGroup(stack, "Client", vpc=vpc, allow_all_outbound=False))
    return assertions.Template.from_stack(stack)


def test_the_endpoint_has_exactly_the_policy_given(endpoint: assertions.Template) -> None:
    (properties,) = (r["Properties"] for r in endpoint.find_resources("AWS::EC2::VPCEndpoint").values())
    (statement,) = properties["PolicyDocument"]["Statement"]
    assert statement["Action"] == "bedrock:InvokeModel"
    assert statement["Resource"] == "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"


def test_the_endpoint_stands_in_the_isolated_subnets_under_the_usual_name(
    endpoint: assertions.Template,
) -> None:
    endpoint.has_resource_properties(
        "AWS::EC2::VPCEndpoint",
        {
            "VpcId": "vpc-1",
            "SubnetIds": ["subnet-1", "subnet-2"],
            "PrivateDnsEnabled": True,
            "VpcEndpointType": "Interface",
        },
    )


def test_an_admitted_client_may_reach_port_443_and_nothing_else(endpoint: assertions.Template) -> None:
    rules = [
        *endpoint.find_resources("AWS::EC2::SecurityGroupIngress").values(),
        *endpoint.find_resources("AWS::EC2::SecurityGroupEgress").values(),
    ]
    assert len(rules) == 2
    for rule in rules:
        properties = rule["Properties"]
        assert (properties["IpProtocol"], properties["FromPort"], properties["ToPort"]) == ("tcp", 443, 443)
        assert "CidrIp" not in properties
        assert properties["Description"]


def test_nobody_is_admitted_until_named(stack: cdk.Stack) -> None:
    _endpoint(stack)
    template = assertions.Template.from_stack(stack)
    template.resource_count_is("AWS::EC2::SecurityGroupIngress", 0)
    (group,) = template.find_resources("AWS::EC2::SecurityGroup").values()
    assert "SecurityGroupIngress" not in group["Properties"]
    (outbound,) = group["Properties"]["SecurityGroupEgress"]
    assert outbound["CidrIp"] == "255.255.255.255/32"


def test_an_endpoint_without_policy_is_refused(stack: cdk.Stack) -> None:
    vpc = ec2.Vpc.from_vpc_attributes(stack, "V", vpc_id="vpc-1", availability_zones=["eu-west-1a"])
    with pytest.raises(ValueError, match="Foreign/Open: no policy statement given"):
        PrivateEndpoint(stack, "Open", vpc=vpc, service=ec2.InterfaceVpcEndpointAwsService.STS, statements=[])
