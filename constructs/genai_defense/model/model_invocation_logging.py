"""What was asked of models in this account, and what they answered: recorded, masked, locked."""

from typing import Literal

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.application.custom_resource_function import CustomResourceFunction
from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.bypasses import LOGGING_CHANGES
from genai_defense.data import AuditBucket, DataPerimeter
from genai_defense.organization.runtime_boundary import RuntimeBoundary

_PREFIX = "invocations"
_READ = "bedrock:GetModelInvocationLoggingConfiguration"
_MASKED = (
    logs.DataIdentifier.ADDRESS,
    logs.DataIdentifier.AWSSECRETKEY,
    logs.DataIdentifier.CREDITCARDNUMBER,
    logs.DataIdentifier.CREDITCARDSECURITYCODE,
    logs.DataIdentifier.EMAILADDRESS,
    logs.DataIdentifier.IPADDRESS,
    logs.DataIdentifier.NAME,
    logs.DataIdentifier.OPENSSHPRIVATEKEY,
    logs.DataIdentifier.PGPPRIVATEKEY,
    logs.DataIdentifier.PKCSPRIVATEKEY,
    logs.DataIdentifier.PUTTYPRIVATEKEY,
    logs.DataIdentifier.SSN_US,
)


class ModelInvocationLogging(Construct):
    """The account's log of calls to models, in a masked log group and, for what is large, a locked bucket.

    The account has one such setting a Region, and CloudFormation has no resource for it. A custom resource
    reads it first, refuses to overwrite one that it does not own, and on delete restores what it found, and
    only while its own setting still stands. Whoever reads the log sees personal data and secrets masked; to
    see them takes `logs:Unmask`, which no role of the kit has.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of log and bucket, of which the construct writes the policy for Bedrock; it must
            admit CloudWatch Logs (`DataKey.allow_log_groups`).
        lock: How long each large payload is locked; see `object_lock`.
        mode: `create` (nothing may stand there), `adopt` (takes over what does, and restores it on delete).
        retention: How long the log is kept. Default: one year.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to log and bucket. Default: they stay.

    Attributes:
        log_group: Where invocations are logged.
        payloads: Where large payloads go.
        function: The function that keeps the setting.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        lock: s3.ObjectLockRetention,
        mode: Literal["create", "adopt"] = "create",
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.log_group = logs.LogGroup(
            self,
            "Log",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
            data_protection_policy=logs.DataProtectionPolicy(identifiers=list(_MASKED)),
        )
        self.payloads = AuditBucket(
            self,
            "Payloads",
            encryption_key=encryption_key,
            retention=lock.duration,
            compliance=lock.mode is s3.ObjectLockMode.COMPLIANCE,
            access_logs=access_logs,
            perimeter=perimeter,
            removal_policy=removal_policy,
        )
        self._let_bedrock_write(encryption_key)
        role, policy = self._logging_role()
        self.function = _setting_function(self, encryption_key, retention, removal_policy)
        _allow_changes(self.function, role)
        setting = self.function.add_resource(
            "Setting",
            resource_type="Custom::ModelInvocationLogging",
            properties={
                "Mode": mode,
                "LogGroupName": self.log_group.log_group_name,
                "RoleArn": role.role_arn,
                "BucketName": self.payloads.bucket.bucket_name,
                "KeyPrefix": _PREFIX,
            },
        )
        # Bedrock tries the destinations before it takes the setting.
        setting.node.add_dependency(self.payloads, policy, encryption_key)

    @property
    def _from_this_account(self) -> dict[str, dict[str, str]]:
        # Bedrock serves every account: without these, another one could name our role and bucket.
        stack = Stack.of(self)
        return {
            "StringEquals": {"aws:SourceAccount": stack.account},
            "ArnLike": {"aws:SourceArn": f"arn:{stack.partition}:bedrock:{stack.region}:{stack.account}:*"},
        }

    def _let_bedrock_write(self, encryption_key: kms.IKey) -> None:
        bedrock = iam.ServicePrincipal("bedrock.amazonaws.com")
        account = Stack.of(self).account
        self.payloads.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="LetBedrockWritePayloads",
                principals=[bedrock],
                actions=["s3:PutObject"],
                resources=[
                    self.payloads.bucket.arn_for_objects(
                        f"{_PREFIX}/AWSLogs/{account}/BedrockModelInvocationLogs/*"
                    )
                ],
                conditions=self._from_this_account,
            )
        )
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="LetBedrockEncryptPayloads",
                principals=[bedrock],
                actions=["kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions=self._from_this_account,
            )
        )

    def _logging_role(self) -> tuple[iam.Role, iam.ManagedPolicy]:
        stack = Stack.of(self)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.PrincipalWithConditions(
                iam.ServicePrincipal("bedrock.amazonaws.com"), self._from_this_account
            ),
        )
        stream = f"{self.log_group.log_group_name}:log-stream:aws/bedrock/modelinvocations"
        policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[role],
            statements=[
                iam.PolicyStatement(
                    sid="WriteInvocations",
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[
                        f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:{stream}"
                    ],
                ),
            ],
        )
        return role, policy


class ModelInvocationLoggingCheck(Construct):
    """Refuses a deployment into an account and Region whose calls to models are logged nowhere.

    For accounts in which somebody else keeps that setting.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the function's log; it must admit CloudWatch Logs.
        retention: How long that log is kept. Default: one year.
        removal_policy: What `cdk destroy` does to that log. Default: it stays.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        function = _setting_function(self, encryption_key, retention, removal_policy)
        _allow(function, [_READ])
        function.add_resource(
            "Setting", resource_type="Custom::ModelInvocationLogging", properties={"Mode": "existing"}
        )


def _setting_function(
    scope: Construct,
    encryption_key: kms.IKey,
    retention: logs.RetentionDays,
    removal_policy: RemovalPolicy,
) -> CustomResourceFunction:
    return CustomResourceFunction(
        scope,
        "Function",
        packages=("invocation_logging",),
        encryption_key=encryption_key,
        retention=retention,
        removal_policy=removal_policy,
    )


def _allow(function: CustomResourceFunction, actions: list[str]) -> None:
    function.policy.add_statements(
        iam.PolicyStatement(sid="KeepTheSetting", actions=actions, resources=["*"])
    )
    acknowledge(
        function.policy,
        "AwsSolutions-IAM5[Resource::*]",
        reason="The account's setting for the log of model invocations is no resource, so its actions take "
        "none; only the function that keeps the setting has them.",
    )


def _allow_changes(function: CustomResourceFunction, role: iam.IRole) -> None:
    _allow(function, [_READ, *LOGGING_CHANGES])
    function.policy.add_statements(
        iam.PolicyStatement(
            sid="HandTheRoleToBedrock",
            actions=["iam:PassRole"],
            resources=[role.role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}},
        )
    )
    # No other role of the app may do this.
    RuntimeBoundary(function, "Boundary", permits=[*LOGGING_CHANGES, "iam:PassRole"]).apply_to(function.role)
