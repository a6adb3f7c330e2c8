"""What every state machine of the kit has: its own key for executions, its log without data, its trace."""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from genai_defense.application.private_function import FunctionHosting
from genai_defense.checks.acknowledge import acknowledge


def logged_state_machine(
    scope: Construct,
    *,
    definition: Mapping[str, Any],
    encryption_key: kms.IKey,
    hosting: FunctionHosting,
    statements: Sequence[iam.PolicyStatement],
) -> tuple[stepfunctions.CfnStateMachine, iam.Role]:
    """Create `Log`, `Role`, `Policy` and `StateMachine` below a construct.

    Args:
        scope: The construct.
        definition: In Amazon States Language.
        encryption_key: Key of executions. Its policy gains a statement for log delivery; an imported key's
            must have it already.
        hosting: How logs are kept.
        statements: What the definition does.

    Returns:
        The Standard state machine and its role.

    Source: https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html,
        https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (read 2026-11-24).
    """
    stack = Stack.of(scope)
    machines = stack.format_arn(service="states", resource="stateMachine:*")
    log = logs.LogGroup(
        scope,
        "Log",
        encryption_key=hosting.encryption_key,
        retention=hosting.retention,
        removal_policy=hosting.removal_policy,
    )
    role = iam.Role(scope, "Role", assumed_by=_states(stack, machines))
    policy = iam.ManagedPolicy(
        scope,
        "Policy",
        roles=[role],
        statements=[*statements, *_key_uses(stack, encryption_key, machines), *_log_and_trace()],
    )
    acknowledge(
        policy,
        "AwsSolutions-IAM5[Resource::*]",
        reason="Step Functions asks for exactly these log-delivery actions on every resource, and refuses a "
        "machine with a log whose role lacks them; X-Ray's know no resources. Only Step Functions of this "
        "account may assume the role, and no code runs with it; it reads no log and no trace.",
    )
    _admit_log_delivery(stack, encryption_key)
    machine = stepfunctions.CfnStateMachine(
        scope,
        "StateMachine",
        role_arn=role.role_arn,
        state_machine_type="STANDARD",
        definition_string=stack.to_json_string(definition),
        encryption_configuration=_encryption(encryption_key),
        logging_configuration=_logging(log),
        tracing_configuration=stepfunctions.CfnStateMachine.TracingConfigurationProperty(enabled=True),
    )
    machine.node.add_dependency(policy)
    return machine, role


def _states(stack: Stack, machines: str) -> iam.PrincipalBase:
    return iam.ServicePrincipal("states.amazonaws.com").with_conditions(
        {"StringEquals": {"aws:SourceAccount": stack.account}, "ArnLike": {"aws:SourceArn": machines}}
    )


def _encryption(key: kms.IKey) -> stepfunctions.CfnStateMachine.EncryptionConfigurationProperty:
    return stepfunctions.CfnStateMachine.EncryptionConfigurationProperty(
        type="CUSTOMER_MANAGED_KMS_KEY", kms_key_id=key.key_arn, kms_data_key_reuse_period_seconds=300
    )


def _logging(log: logs.LogGroup) -> stepfunctions.CfnStateMachine.LoggingConfigurationProperty:
    properties = stepfunctions.CfnStateMachine
    group = properties.CloudWatchLogsLogGroupProperty(log_group_arn=log.log_group_arn)
    return properties.LoggingConfigurationProperty(
        level="ALL",
        # Arguments, evidence and task tokens would be in it.
        include_execution_data=False,
        destinations=[properties.LogDestinationProperty(cloud_watch_logs_log_group=group)],
    )


def _key_uses(stack: Stack, encryption_key: kms.IKey, machines: str) -> list[iam.PolicyStatement]:
    return [
        iam.PolicyStatement(
            sid="KeyOfExecutions",
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=[encryption_key.key_arn],
            conditions={"ArnLike": {"kms:EncryptionContext:aws:states:stateMachineArn": machines}},
        ),
        iam.PolicyStatement(
            sid="KeyOfItsLog",
            actions=["kms:GenerateDataKey"],
            resources=[encryption_key.key_arn],
            conditions={
                "ArnLike": {"kms:EncryptionContext:SourceArn": stack.format_arn(service="logs", resource="*")}
            },
        ),
    ]


def _admit_log_delivery(stack: Stack, encryption_key: kms.IKey) -> None:
    encryption_key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="AllowLogDeliveryOfThisAccount",
            principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
            actions=["kms:Decrypt"],
            resources=["*"],  # in a key policy, "*" is this key
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": stack.format_arn(service="logs", resource="*")},
            },
        ),
    )


def _log_and_trace() -> list[iam.PolicyStatement]:
    """What Step Functions needs to log and to trace, on every resource since these take no narrower one."""
    return [
        iam.PolicyStatement(
            sid="DeliverLog",
            actions=[
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:UpdateLogDelivery",
            ],
            resources=["*"],
        ),
        iam.PolicyStatement(
            sid="Trace",
            actions=[
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            resources=["*"],
        ),
    ]
