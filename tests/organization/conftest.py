"""Hosting for functions in a foreign stack."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from genai_defense.application import FunctionHosting


@pytest.fixture
def hosting(stack: cdk.Stack, log_key: kms.Key) -> FunctionHosting:
    """Somebody's VPC and key."""
    vpc = ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        nat_gateways=0,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="App", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
        ],
    )
    return FunctionHosting(vpc=vpc, encryption_key=log_key)
