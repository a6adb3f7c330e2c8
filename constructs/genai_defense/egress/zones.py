"""Subnets in zones that the settings name."""

import aws_cdk as cdk
from constructs import IConstruct


def acknowledge_named_zone(subnet: IConstruct) -> None:
    """Acknowledge CDK's own warning about a literal zone name on one subnet.

    Args:
        subnet: An L1 subnet, or an L2 one.
    """
    resource = subnet.node.default_child or subnet
    cdk.Validations.of(resource).acknowledge(
        cdk.Acknowledgment(
            id="CloudFormation-Validate::W3010",
            reason=(
                "The zone is named in the settings, so that synth asks no account and every subnet is "
                "routed through the firewall endpoint of the same zone, which is found by that name."
            ),
        ),
    )
