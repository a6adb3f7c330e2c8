"""Somebody else's VPC, key, pool and function, in which the constructs must work alone."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from genai_defense.application import FunctionHosting


@pytest.fixture
def hosting(stack: cdk.Stack, log_key: kms.Key) -> FunctionHosting:
    vpc = ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        nat_gateways=0,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        ],
    )
    return FunctionHosting(vpc=vpc, encryption_key=log_key)
