"""A Lambda function behind a CloudFormation custom resource."""

from collections.abc import Mapping, Sequence

from aws_cdk import CustomResource, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.application.function_code import function_code
from genai_defense.application.function_traces import keep_traces
from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge

# The function keeps 18 s for its last answer (lambda/custom_resource/run.py).
_LEAST_TIMEOUT = Duration.minutes(1)
_PROTOCOL = ("custom_resource",)


class CustomResourceFunction(Construct):
    """A Python function on arm64 that makes, changes and removes what CloudFormation cannot.

    It answers CloudFormation whatever happens (`lambda/custom_resource/`), one request at a time: two
    requests never race for the same setting of the account. It stands outside the VPC, for the answer goes to
    a bucket of CloudFormation at its public address. Its permissions are one managed policy, to which the
    owner adds statements; it starts with its log, its dead letters and its key.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        packages: Folders below `lambda/`; the first one holds `handler.py` with `handler`. `custom_resource`
            comes by itself.
        encryption_key: Key of log, environment and dead letters; it must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        environment: Environment variables. Default: none.
        timeout: Longest run, 1 to 15 minutes. Default: 2 minutes.
        retention: How long the log is kept. Default: one year.
        removal_policy: What `cdk destroy` does to the log. Default: it stays.

    Attributes:
        function: The function, python3.14, 256 MB.
        policy: Its managed policy; add the statements that the provider needs.
        role: Its execution role.

    Raises:
        ValueError: When `timeout` leaves no time to answer.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        packages: Sequence[str],
        encryption_key: kms.IKey,
        environment: Mapping[str, str] | None = None,
        timeout: Duration = Duration.minutes(2),  # noqa: B008 - immutable
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        if timeout.to_seconds() < _LEAST_TIMEOUT.to_seconds():
            raise ValueError(
                f"CustomResourceFunction {self.node.path}: timeout is {timeout.to_human_string()}; the last "
                "answer alone may take 18 s. Give 1 to 15 minutes.",
            )
        self._timeout = timeout
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        traces = keep_traces(
            self, encryption_key=encryption_key, retention=retention, removal_policy=removal_policy
        )
        self.policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[self.role],
            statements=traces.statements(),
        )
        self.function = lambda_.Function(
            self,
            "Function",
            code=function_code(*packages, *_PROTOCOL),
            handler=f"{packages[0]}.handler.handler",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=256,
            timeout=timeout,
            environment=dict(environment or {}),
            environment_encryption=encryption_key,
            # Every grant goes through the managed policy; CDK's own additions would be an inline one.
            role=self.role.without_policy_updates(),
            log_group=traces.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            dead_letter_queue=traces.dead_letters,
            reserved_concurrent_executions=1,
            # CloudFormation has its answer before anything fails: a second run would undo a roll-back.
            retry_attempts=0,
        )
        acknowledge(
            self.function,
            *(f"{pack}-LambdaInsideVPC" for pack in CONTROL_PACKS),
            reason="A custom resource answers at a pre-signed address of CloudFormation's own bucket and "
            "calls AWS's control plane; isolated subnets reach neither, and the function takes no data of "
            "users.",
        )

    def add_resource(
        self,
        construct_id: str,
        *,
        resource_type: str,
        properties: Mapping[str, object] | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.DESTROY,
    ) -> CustomResource:
        """Add a resource that this function provides; it starts only when the function's permissions stand.

        Args:
            construct_id: Id below the function.
            resource_type: CloudFormation type, `Custom::` and up to 52 letters, digits, `_`, `@` or `-`.
            properties: What the provider reads as `ResourceProperties`; no secrets.
            removal_policy: What `cdk destroy` does: `RETAIN` asks the function for nothing. Default: the
                function is asked to delete.
        """
        resource = CustomResource(
            self,
            construct_id,
            service_token=self.function.function_arn,
            resource_type=resource_type,
            properties=dict(properties or {}),
            # One request at a time: it may wait for its turn behind another.
            service_timeout=Duration.seconds(min(3 * int(self._timeout.to_seconds()), 3600)),
            removal_policy=removal_policy,
        )
        resource.node.add_dependency(self.policy)
        return resource
