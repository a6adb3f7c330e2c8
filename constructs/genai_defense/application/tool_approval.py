"""Actions with effect wait for a human; no answer in time is a no."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from genai_defense.application.approval_functions import ApprovalFunctions
from genai_defense.application.approval_workflow import approval_workflow
from genai_defense.application.logged_state_machine import logged_state_machine
from genai_defense.application.private_function import FunctionHosting


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
        self.state_machine, self.role = logged_state_machine(
            self,
            definition=approval_workflow(
                topic_arn=self.topic.topic_arn,
                request_function_arn=functions.request.function.function_arn,
                action_function_arn=functions.action.function.function_arn,
                wait=functions.terms.wait,
                page=functions.terms.page,
            ),
            encryption_key=encryption_key,
            hosting=hosting,
            statements=self._statements(functions, encryption_key),
        )
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

    def _statements(
        self, functions: ApprovalFunctions, encryption_key: kms.IKey
    ) -> list[iam.PolicyStatement]:
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
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "sns.*.amazonaws.com"}},
            ),
        ]
