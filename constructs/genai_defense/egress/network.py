"""The network that a chatbot runs in: no way in, no way out."""

import ipaddress
from collections.abc import Sequence

from aws_cdk import RemovalPolicy, Stack, Token
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.egress.endpoint_policy import check_gateway_statements
from genai_defense.egress.zones import acknowledge_named_zone

_ZONES = (2, 3)
_PREFIXES = (16, 22)
_DEFAULT_CIDR = "10.0.0.0/16"


class ApplicationNetwork(Construct):
    """A VPC of isolated subnets, one per zone, without internet gateway, NAT gateway or any route out.

    The address range is cut into four quarters: one application subnet per zone takes the first two or three,
    and the last stays free (`egress_cidr`) so that `InspectedEgress` can be added later without moving a
    subnet. DNS is on, as private endpoints need it; no subnet hands out public addresses; every flow is
    logged.

    The VPC is made of single resources rather than of `ec2.Vpc`, which asks the account for its zones in a
    stack bound to an account, even when it is told them (aws-cdk-lib 2.275.0, measured 2026-11-23): synth
    would need credentials.

    The VPC's default security group keeps its rule that members may talk to each other. Only a custom
    resource with rights on security groups could take it away; nothing here is a member, and no route leads
    out.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        availability_zones: Two or three zone names, such as `us-east-1a`. Named, not looked up.
        encryption_key: Key for the flow logs; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        retention: How long flow logs are kept. Default: one year.
        cidr: Private IPv4 range of the VPC, /16 to /22. Default: `10.0.0.0/16`.
        removal_policy: What `cdk destroy` does to the flow logs. Default: they stay.

    Attributes:
        vpc: The VPC, for constructs that take one. Its isolated subnets are the application subnets.
        application_subnets: One per zone, in the order of `availability_zones`.
        egress_cidr: The free quarter.
        flow_log_group: Accepted and rejected flows, in intervals of one minute.

    Raises:
        ValueError: Zones or range cannot be used.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        availability_zones: Sequence[str],
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        cidr: str = _DEFAULT_CIDR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        _check_zones(self.node.path, availability_zones)
        quarters = _quarters(self.node.path, cidr)
        self.egress_cidr = quarters[-1]
        network = ec2.CfnVPC(self, "Vpc", cidr_block=cidr, enable_dns_support=True, enable_dns_hostnames=True)
        self.application_subnets = [
            ec2.PrivateSubnet(
                self,
                f"Application{number}",
                vpc_id=network.attr_vpc_id,
                availability_zone=zone,
                cidr_block=quarters[number - 1],
                map_public_ip_on_launch=False,
            )
            for number, zone in enumerate(availability_zones, start=1)
        ]
        self.vpc = ec2.Vpc.from_vpc_attributes(
            self,
            "Imported",
            vpc_id=network.attr_vpc_id,
            vpc_cidr_block=cidr,
            availability_zones=list(availability_zones),
            isolated_subnet_ids=[subnet.subnet_id for subnet in self.application_subnets],
            isolated_subnet_route_table_ids=[s.route_table.route_table_id for s in self.application_subnets],
            isolated_subnet_ipv4_cidr_blocks=quarters[: len(availability_zones)],
        )
        self.flow_log_group = logs.LogGroup(
            self,
            "Flows",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self._log_flows(network)
        self._acknowledge_what_stays(network)

    def add_gateway_endpoint(
        self,
        construct_id: str,
        *,
        service: ec2.GatewayVpcEndpointAwsService,
        statements: Sequence[iam.PolicyStatement],
    ) -> ec2.GatewayVpcEndpoint:
        """Add the private way to S3 or DynamoDB for the application subnets, narrowed by its own policy.

        Args:
            construct_id: Id below this construct.
            service: `ec2.GatewayVpcEndpointAwsService.S3` or `.DYNAMODB`.
            statements: The whole endpoint policy; nothing is allowed beyond it. AWS takes only the principal
                `*` here, so every Allow needs a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`,
                and named actions and resources.

        Raises:
            ValueError: The statements would let more through than they name.

        Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html (read
        2026-11-23).
        """
        check_gateway_statements(f"{self.node.path}/{construct_id}", statements)
        endpoint = ec2.GatewayVpcEndpoint(
            self,
            construct_id,
            vpc=self.vpc,
            service=service,
            subnets=[ec2.SubnetSelection(subnets=self.application_subnets)],
        )
        for statement in statements:
            endpoint.add_to_policy(statement)
        return endpoint

    def _acknowledge_what_stays(self, network: ec2.CfnVPC) -> None:
        for subnet in self.application_subnets:
            acknowledge_named_zone(subnet)
        acknowledge(
            network,
            *(f"{pack}-VPCDefaultSecurityGroupClosed" for pack in CONTROL_PACKS),
            reason=(
                "The default security group admits nothing but its own members, and has none: each function "
                "and endpoint names a group of its own. CloudFormation cannot take its rules away, and a "
                "function that could would stay in the account with a right to change security groups."
            ),
        )

    def _log_flows(self, network: ec2.CfnVPC) -> None:
        stack = Stack.of(self)
        sender = iam.ServicePrincipal(
            "vpc-flow-logs.amazonaws.com",
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {
                    "aws:SourceArn": stack.format_arn(
                        service="ec2", resource="vpc-flow-log", resource_name="*"
                    ),
                },
            },
        )
        role = iam.Role(
            self, "FlowLogRole", assumed_by=sender, description="Writes the flow logs of one VPC."
        )
        policy = iam.ManagedPolicy(
            self,
            "FlowLogPolicy",
            roles=[role],
            statements=[
                iam.PolicyStatement(
                    actions=["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                    resources=[self.flow_log_group.log_group_arn],
                ),
            ],
        )
        flow_log = ec2.CfnFlowLog(
            self,
            "FlowLog",
            resource_id=network.attr_vpc_id,
            resource_type="VPC",
            traffic_type="ALL",
            max_aggregation_interval=60,
            deliver_logs_permission_arn=role.role_arn,
            log_group_name=self.flow_log_group.log_group_name,
        )
        flow_log.node.add_dependency(policy)


def _check_zones(path: str, zones: Sequence[str]) -> None:
    if (
        not _ZONES[0] <= len(zones) <= _ZONES[1]
        or len(set(zones)) != len(zones)
        or any(map(Token.is_unresolved, zones))
    ):
        raise ValueError(
            f"ApplicationNetwork {path}: availability_zones is {list(zones)}, but two or three different "
            "zone names are needed. "
            'Write them out, such as ["us-east-1a", "us-east-1b"], so that synth asks no account.',
        )


def _quarters(path: str, cidr: str) -> list[str]:
    try:
        network = ipaddress.IPv4Network(cidr)
    except ValueError as error:
        raise ValueError(
            f"ApplicationNetwork {path}: cidr {cidr!r} is not an IPv4 network ({error}). Give one such as "
            f"{_DEFAULT_CIDR}.",
        ) from None
    if not network.is_private or not _PREFIXES[0] <= network.prefixlen <= _PREFIXES[1]:
        raise ValueError(
            f"ApplicationNetwork {path}: cidr {cidr!r} is not a private network from /16 to /22. "
            f"A VPC takes no larger one and each zone needs room; give one such as {_DEFAULT_CIDR}.",
        )
    return [str(quarter) for quarter in network.subnets(prefixlen_diff=2)]
