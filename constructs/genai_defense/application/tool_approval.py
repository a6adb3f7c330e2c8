"""Actions with effect wait for a human; no answer in time is a no."""

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from genai_defense.application.approval_functions import ApprovalFunctions
from genai_defense.application.approval_workflow import approval_workflow
from genai_defense.application.private_function import FunctionHosting
from genai_defense.checks.acknowledge import acknowledge


class ToolApproval(Construct):
    """A state machine that tells approvers, waits with a task token, and acts after a yes.

    Nobody but the desk can end the wait, since nobody else can read the token: it is not in the log
    (execution data stays out of it), not in the message, and not in what the desk shows. After the yes
    everything is asked again, and the approval id makes the action happen once.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where functions run and how logs are kept.
        encryption_key: Key of executions and messages. Its policy gains a statement for log delivery; an
            imported key's must have it already.
        functions: The desk and the functions of the state machine, with the terms on which humans are asked.

    Attributes:
        topic: Hears of each approval.
        state_machine: The state machine, Standard.
        role: Its role.

    Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token,
        https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html,
        https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        encryption_key: kms.IKey,
        functions: ApprovalFunctions,
    ) -> None:
        super().__init__(scope, construct_id)
        self.topic = sns.Topic(self, "Topic", master_key=encryption_key, enforce_ssl=True)
        if functions.terms.email is not None:
            self.topic.add_subscription(subscriptions.EmailSubscription(functions.terms.email))
        log = logs.LogGroup(
            self,
            "Log",
            encryption_key=hosting.encryption_key,
            retention=hosting.retention,
            removal_policy=hosting.removal_policy,
        )
        self.role = iam.Role(self, "Role", assumed_by=self._states())
        policy = iam.ManagedPolicy(
            self, "Policy", roles=[self.role], statements=self._statements(functions, encryption_key)
        )
        acknowledge(
            policy,
            "AwsSolutions-IAM5[Resource::*]",
            reason="The log-delivery actions that Step Functions needs for its own log, and X-Ray's, take no "
            "narrower resource.",
        )
        self._admit_log_delivery(encryption_key)
        self.state_machine = self._state_machine(functions, encryption_key, log)
        self.state_machine.node.add_dependency(policy)
        functions.hear_decisions(self.state_machine.attr_arn)

    def grant_start(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` start the wait for a human, and neither end nor look at one."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="WaitForHuman",
                actions=["states:StartExecution"],
                resources=[self.state_machine.attr_arn],
            ),
        )

    def _state_machine(
        self,
        functions: ApprovalFunctions,
        encryption_key: kms.IKey,
        log: logs.LogGroup,
    ) -> stepfunctions.CfnStateMachine:
        machine = stepfunctions.CfnStateMachine
        return machine(
            self,
            "StateMachine",
            role_arn=self.role.role_arn,
            state_machine_type="STANDARD",
            definition_string=Stack.of(self).to_json_string(
                approval_workflow(
                    topic_arn=self.topic.topic_arn,
                    request_function_arn=functions.request.function.function_arn,
                    action_function_arn=functions.action.function.function_arn,
                    wait=functions.terms.wait,
                    page=functions.terms.page,
                )
            ),
            encryption_configuration=machine.EncryptionConfigurationProperty(
                type="CUSTOMER_MANAGED_KMS_KEY",
                kms_key_id=encryption_key.key_arn,
                kms_data_key_reuse_period_seconds=300,
            ),
            logging_configuration=machine.LoggingConfigurationProperty(
                level="ALL",
                # Arguments and the task token would be in it.
                include_execution_data=False,
                destinations=[
                    machine.LogDestinationProperty(
                        cloud_watch_logs_log_group=machine.CloudWatchLogsLogGroupProperty(
                            log_group_arn=log.log_group_arn
                        )
                    )
                ],
            ),
            tracing_configuration=machine.TracingConfigurationProperty(enabled=True),
        )

    def _states(self) -> iam.PrincipalBase:
        return iam.ServicePrincipal("states.amazonaws.com").with_conditions(
            {
                "StringEquals": {"aws:SourceAccount": Stack.of(self).account},
                "ArnLike": {"aws:SourceArn": self._machines()},
            }
        )

    def _machines(self) -> str:
        return Stack.of(self).format_arn(service="states", resource="stateMachine:*")

    def _statements(
        self, functions: ApprovalFunctions, encryption_key: kms.IKey
    ) -> list[iam.PolicyStatement]:
        stack = Stack.of(self)
        log_groups = stack.format_arn(service="logs", resource="*")
        key_uses = ["kms:Decrypt", "kms:GenerateDataKey"]
        return [
            iam.PolicyStatement(
                sid="RunItsTwoFunctions",
                actions=["lambda:InvokeFunction"],
                resources=[functions.request.function.function_arn, functions.action.function.function_arn],
            ),
            iam.PolicyStatement(
                sid="TellApprovers", actions=["sns:Publish"], resources=[self.topic.topic_arn]
            ),
            iam.PolicyStatement(
                sid="KeyThroughTheTopic",
                actions=key_uses,
                resources=[encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "sns.*.amazonaws.com"}},
            ),
            iam.PolicyStatement(
                sid="KeyOfExecutions",
                actions=key_uses,
                resources=[encryption_key.key_arn],
                conditions={
                    "ArnLike": {"kms:EncryptionContext:aws:states:stateMachineArn": self._machines()}
                },
            ),
            iam.PolicyStatement(
                sid="KeyOfItsLog",
                actions=["kms:GenerateDataKey"],
                resources=[encryption_key.key_arn],
                conditions={"ArnLike": {"kms:EncryptionContext:SourceArn": log_groups}},
            ),
            *_log_and_trace(),
        ]

    def _admit_log_delivery(self, encryption_key: kms.IKey) -> None:
        stack = Stack.of(self)
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
