"""A Lambda function that lives in the VPC and holds only what it is granted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.application.function_code import function_code
from genai_defense.application.function_traces import keep_traces
from genai_defense.application.run_policy import let_run_in_vpc

# In us-east-1, botocore asks for buckets at s3.amazonaws.com, older ones for sts.amazonaws.com: names of no
# endpoint in the VPC, and blocked by the DNS firewall. With these, every Region is asked by its own name.
# Source: https://boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html (read 2026-11-24).
_BY_REGION = {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "regional", "AWS_STS_REGIONAL_ENDPOINTS": "regional"}
_NOBODY = ec2.Peer.ipv4("255.255.255.255/32")


@dataclass(frozen=True, kw_only=True)
class FunctionHosting:
    """Where functions run and how their traces are kept; shared by all functions of an application.

    Attributes:
        vpc: VPC with isolated subnets, in which the functions run.
        encryption_key: Key of logs, environment and dead-letter queues; it must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        retention: How long logs are kept. Default: one year.
        reserved_concurrency: Concurrent executions reserved per function, at least 1. Default: 20. An
            account keeps at least 100 unreserved ones; a new account may have 10 in all and must raise its
            limit first.
        gateway_prefix_lists: Ids of AWS's prefix lists for S3 and DynamoDB in this Region (`aws ec2
            describe-managed-prefix-lists`), the only addresses besides private endpoints to which the
            functions' security groups then open. Default: HTTPS to any address, which leads only where the
            subnets' route tables do: to the gateway endpoints, and to the firewall where there is one.
        removal_policy: What `cdk destroy` does to logs. Default: they stay.
    """

    vpc: ec2.IVpc
    encryption_key: kms.IKey
    retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR
    reserved_concurrency: int = 20
    gateway_prefix_lists: tuple[str, ...] = ()
    removal_policy: RemovalPolicy = RemovalPolicy.RETAIN

    def with_concurrency(self, reserved_concurrency: int) -> "FunctionHosting":
        """The same place with another number of concurrent executions."""
        return replace(self, reserved_concurrency=reserved_concurrency)

    @property
    def gateway_peers(self) -> tuple[ec2.IPeer, ...]:
        """Where gateway endpoints are, as a security group names it."""
        lists = tuple(ec2.Peer.prefix_list(entry) for entry in self.gateway_prefix_lists)
        return lists or (ec2.Peer.any_ipv4(),)


class PrivateFunction(Construct):
    """A Python function on arm64 in isolated subnets.

    Its permissions are one managed policy, written by the grants that it is given; what Lambda and X-Ray need
    around it stands in a second one, which all functions of its stack share (`PrivateFunctions`). Its log,
    its environment and its dead-letter queue are encrypted; X-Ray traces it; its concurrency is bounded, so
    that an attack cannot spend the account's.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        packages: Folders below `lambda/`; the first one holds `handler.py` with `handler`.
        hosting: Where it runs.
        environment: Environment variables.
        timeout: Longest run, up to 15 minutes.
        role: Execution role. Default: a new role. An own one is for grants that must exist before the
            function.
        memory_mb: Memory in MB, 128 to 10,240; computing power grows with it. Default: 512.

    Attributes:
        function: The function, python3.14.
        policy: Its managed policy; give it to `grant_*` methods.
        security_group: Admits nothing, and lets nothing out but HTTPS.
        role: Its execution role.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        packages: Sequence[str],
        hosting: FunctionHosting,
        environment: Mapping[str, str],
        timeout: Duration,
        role: iam.IRole | None = None,
        memory_mb: int = 512,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = role or iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        traces = keep_traces(
            self,
            encryption_key=hosting.encryption_key,
            retention=hosting.retention,
            removal_policy=hosting.removal_policy,
        )
        self.policy = iam.ManagedPolicy(self, "Policy", roles=[self.role], statements=traces.statements())
        run = let_run_in_vpc(self, self.role)
        self.security_group = self._security_group(hosting)
        self.function = lambda_.Function(
            self,
            "Function",
            code=function_code(*packages),
            handler=f"{packages[0]}.handler.handler",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory_mb,
            timeout=timeout,
            environment={**_BY_REGION, **environment},
            environment_encryption=hosting.encryption_key,
            # Every grant goes through the managed policy; CDK's own additions would be an inline one.
            role=self.role.without_policy_updates() if isinstance(self.role, iam.Role) else self.role,
            log_group=traces.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            dead_letter_queue=traces.dead_letters,
            reserved_concurrent_executions=hosting.reserved_concurrency,
            tracing=lambda_.Tracing.ACTIVE,
            vpc=hosting.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[self.security_group],
        )
        # The role may delete network interfaces only while its permission stands.
        self.function.node.add_dependency(self.policy, run)

    def _security_group(self, hosting: FunctionHosting) -> ec2.SecurityGroup:
        group = ec2.SecurityGroup(self, "SecurityGroup", vpc=hosting.vpc, allow_all_outbound=False)
        # A gateway endpoint has no security group: S3 and DynamoDB keep their public addresses.
        for peer in hosting.gateway_peers:
            group.add_egress_rule(peer, ec2.Port.HTTPS, "gateway endpoints of S3 and DynamoDB")
        if hosting.gateway_prefix_lists:
            # Those rules are resources of their own. Without one inside, EC2 adds "allow everything".
            group.add_egress_rule(_NOBODY, ec2.Port.HTTPS, "no host: keeps the default rule out")
        return group
