"""Two foreign stacks, synthesized once: a network alone, and one with the inspected way out."""

from dataclasses import dataclass
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress, PrivateEndpoint

ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
Properties = dict[str, Any]


@dataclass(frozen=True)
class Resources:
    """A template's resources, asked by type and by reference instead of by logical id."""

    all: dict[str, Any]

    def of(self, kind: str) -> dict[str, Properties]:
        """Logical id to properties of all resources of one type."""
        return {i: r.get("Properties", {}) for i, r in self.all.items() if r["Type"] == kind}

    def one(self, kind: str) -> Properties:
        """The properties of the only resource of its type."""
        (properties,) = self.of(kind).values()
        return properties

    def table_of(self, subnet: str) -> str:
        """The route table that a subnet is associated with."""
        (table,) = (
            target(p["RouteTableId"])
            for p in self.of("AWS::EC2::SubnetRouteTableAssociation").values()
            if target(p["SubnetId"]) == subnet
        )
        return table

    def routes(self, table: str) -> dict[str, Properties]:
        """Destination to route, for one route table."""
        found = [p for p in self.of("AWS::EC2::Route").values() if target(p["RouteTableId"]) == table]
        by_destination = {p["DestinationCidrBlock"]: p for p in found}
        assert len(by_destination) == len(found)
        return by_destination


def target(reference: Any) -> str:
    """The logical id that a Ref or GetAtt names."""
    found = reference.get("Ref") or reference["Fn::GetAtt"][0]
    assert isinstance(found, str)
    return found


def resources(stack: cdk.Stack) -> Resources:
    """Synthesize a stack."""
    return Resources(assertions.Template.from_stack(stack).to_json()["Resources"])


def foreign_stack() -> cdk.Stack:
    """An empty stack of somebody else, bound to an account, where a careless VPC would look up its zones."""
    return cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(account="111122223333", region="eu-west-1"))


def build_network(stack: cdk.Stack) -> ApplicationNetwork:
    """A network with both gateway endpoints and one private endpoint."""
    network = ApplicationNetwork(
        stack,
        "Network",
        availability_zones=ZONES,
        encryption_key=kms.Key(stack, "Key"),
        cidr="10.40.0.0/16",
    )
    for name, service, action, resource in (
        ("Objects", ec2.GatewayVpcEndpointAwsService.S3, "s3:PutObject", "arn:aws:s3:::records/*"),
        (
            "Tables",
            ec2.GatewayVpcEndpointAwsService.DYNAMODB,
            "dynamodb:Query",
            "arn:aws:dynamodb:eu-west-1:111122223333:table/turns",
        ),
    ):
        network.add_gateway_endpoint(
            name,
            service=service,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=[action],
                    resources=[resource],
                    conditions={"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
                ),
            ],
        )
    PrivateEndpoint(
        stack,
        "Sts",
        vpc=network.vpc,
        service=ec2.InterfaceVpcEndpointAwsService.STS,
        statements=[
            iam.PolicyStatement(
                principals=[iam.AccountRootPrincipal()],
                actions=["sts:AssumeRole"],
                resources=["arn:aws:iam::111122223333:role/rows"],
            ),
        ],
    )
    return network


@pytest.fixture(scope="session")
def isolated() -> Resources:
    """The network with private ways only."""
    stack = foreign_stack()
    build_network(stack)
    return resources(stack)


@pytest.fixture(scope="session")
def inspected() -> Resources:
    """The same network with the inspected way out, in three zones."""
    stack = foreign_stack()
    network = build_network(stack)
    InspectedEgress(
        stack,
        "Egress",
        vpc=network.vpc,
        egress_cidr=network.egress_cidr,
        allowed_domains=[AllowedDomain.parse("docs.aws.amazon.com"), AllowedDomain.parse("*.example.org")],
        encryption_key=kms.Key(stack, "EgressKey"),
    )
    return resources(stack)
