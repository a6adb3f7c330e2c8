"""A private way to one AWS service, with a policy of its own."""

from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.egress.endpoint_policy import check_statements

_HTTPS = ec2.Port.tcp(443)


class PrivateEndpoint(Construct):
    """An interface endpoint that lets through only what its policy says, from only those who were admitted.

    The service's usual host name resolves to the endpoint inside the VPC (private DNS), so code needs no
    other address. The endpoint has a security group of its own, which admits nobody until `allow_from` is
    called.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        vpc: Where the endpoint stands. DNS support and DNS host names must be on.
        service: The service, such as `ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME`.
        statements: The whole endpoint policy; nothing is allowed beyond it. There is no default, since AWS's
            lets everything through. Actions are named one by one, and an Allow for everybody needs a
            condition.
        subnets: Where its network interfaces stand, at most one per zone. Default: the VPC's isolated
            subnets.

    Attributes:
        endpoint: The endpoint; `endpoint.vpc_endpoint_id` is what `aws:SourceVpce` compares.
        security_group: Its security group, without any rule for outbound traffic.

    Raises:
        ValueError: The statements would let more through than they name.

    Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        service: ec2.IInterfaceVpcEndpointService,
        statements: Sequence[iam.PolicyStatement],
        subnets: Sequence[ec2.ISubnet] | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        check_statements(self.node.path, statements)
        self.security_group = ec2.SecurityGroup(
            self,
            "SecurityGroup",
            vpc=vpc,
            description="Private endpoint: HTTPS from admitted security groups only.",
            allow_all_outbound=False,
        )
        self.endpoint = ec2.InterfaceVpcEndpoint(
            self,
            "Endpoint",
            vpc=vpc,
            service=service,
            subnets=(
                ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
                if subnets is None
                else ec2.SubnetSelection(subnets=list(subnets))
            ),
            security_groups=[self.security_group],
            private_dns_enabled=True,
            open=False,
        )
        for statement in statements:
            self.endpoint.add_to_policy(statement)

    def allow_from(self, client: ec2.IConnectable) -> None:
        """Admit a client on port 443, and let it reach the endpoint if its own security group is closed.

        Args:
            client: What calls the service: a function, or a security group.
        """
        self.endpoint.connections.allow_from(client, _HTTPS, "HTTPS to a private endpoint")
