"""A guardrail and a VPC of somebody else."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from genai_defense.model import ModelGuardrail


@pytest.fixture
def guardrail(stack: cdk.Stack, log_key: kms.Key) -> ModelGuardrail:
    return ModelGuardrail(
        stack,
        "Guardrail",
        encryption_key=log_key,
        guardrail_profile_id="eu.guardrail.v1:0",
        profile_regions=["eu-west-1", "eu-central-1"],
    )


@pytest.fixture
def vpc(stack: cdk.Stack) -> ec2.Vpc:
    return ec2.Vpc(
        stack,
        "Vpc",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        nat_gateways=0,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
        ],
    )
