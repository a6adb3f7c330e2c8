"""A Lambda function that calls AWS's control plane and handles no content."""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from genai_defense.application.function_code import function_code
from genai_defense.application.function_traces import keep_traces
from genai_defense.application.private_function import FunctionHosting
from genai_defense.application.run_policy import let_trace
from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.organization.kit_metrics import NAMESPACE


class ControlFunction(Construct):
    """A Python function on arm64 outside the VPC, for the APIs of WAF, Cognito, Security Hub and the like.

    The sets of blocked addresses of a distribution are changed in us-east-1 only, wherever the chatbot is; no
    interface endpoint leads there. So this function stands where Lambda's own network is, has no way into the
    VPC, and is given events without content. Its permissions are one managed policy; for its traces, it
    shares another one with the functions of its stack (`TracedFunctions`).

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        packages: Folders below `lambda/`; the first one holds `handler.py` with `handler`.
        hosting: How logs are kept, and how many run at once; its VPC is left alone.
        environment: Environment variables.
        outside_because: Why it is not in the VPC, for the report.
        timeout: Longest run. Default: 30 seconds.

    Attributes:
        function: The function, python3.14, 256 MB.
        policy: Its managed policy; give it to `grant_*` methods.
        role: Its execution role.

    Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        packages: Sequence[str],
        hosting: FunctionHosting,
        environment: Mapping[str, str],
        outside_because: str,
        timeout: Duration = Duration.seconds(30),  # noqa: B008 - immutable
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        traces = keep_traces(
            self,
            encryption_key=hosting.encryption_key,
            retention=hosting.retention,
            removal_policy=hosting.removal_policy,
        )
        self.dead_letters = traces.dead_letters
        self.policy = iam.ManagedPolicy(self, "Policy", roles=[self.role], statements=traces.statements())
        run = let_trace(self, self.role)
        self.function = lambda_.Function(
            self,
            "Function",
            code=function_code(*packages),
            handler=f"{packages[0]}.handler.handler",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=256,
            timeout=timeout,
            environment={
                **environment,
                "POWERTOOLS_SERVICE_NAME": packages[0],
                "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
            },
            environment_encryption=hosting.encryption_key,
            # Every grant goes through the managed policy; CDK's own additions would be an inline one.
            role=self.role.without_policy_updates(),
            log_group=traces.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            dead_letter_queue=traces.dead_letters,
            reserved_concurrent_executions=hosting.reserved_concurrency,
            tracing=lambda_.Tracing.ACTIVE,
        )
        self.function.node.add_dependency(self.policy, run)
        acknowledge(
            self.function,
            *(f"{pack}-LambdaInsideVPC" for pack in CONTROL_PACKS),
            reason=outside_because,
        )
