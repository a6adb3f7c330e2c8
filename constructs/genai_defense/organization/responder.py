"""From an event on the bus to what follows from it, and back."""

from typing import Any

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.application.logged_state_machine import logged_state_machine
from genai_defense.application.private_function import FunctionHosting
from genai_defense.checks.acknowledge import acknowledge
from genai_defense.organization.response_functions import ResponseFunctions
from genai_defense.organization.response_workflow import response_workflow
from genai_defense.organization.security_bus import (
    GUARDRAIL_SOURCE,
    SIGN_IN_SOURCE,
    WEB_ACL_SOURCE,
    SecurityBus,
)

AI_FINDINGS = (
    "Impact:IAMUser/AnomalousModelInvocation",
    "Impact:IAMUser/CostHarvesting",
    "Impact:IAMUser/PromptInjection.Direct",
)
"""Types of GuardDuty's AI Protection: https://docs.aws.amazon.com/guardduty/latest/ug/findings-ai-protection.html
(read 2026-11-24)."""
SIGN_IN_ERRORS = ("CodeMismatchException", "NotAuthorizedException", "UserNotFoundException")
_FROM_AWS: dict[str, dict[str, Any]] = {
    "GuardDuty": {
        "source": ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        "detail": {"type": list(AI_FINDINGS)},
    },
    # The trail delivers them; a user's name in a failed sign-in is not believed, its address is.
    "SignIn": {
        "source": ["aws.cognito-idp"],
        "detail-type": ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"],
        "detail": {"errorCode": list(SIGN_IN_ERRORS)},
    },
}

_IS_FOR_DEAD_LETTERS = (
    "This is a dead-letter queue: the EventBridge rules name it in their DeadLetterConfig, where the check "
    "looks at queues and functions only. An alarm tells of every event that arrives in it."
)


class Responder(Construct):
    """Rules that bring every event to a state machine, which counts, acts within bounds, and tells people.

    Whatever EventBridge cannot deliver waits in a queue. An address is let go when its time is over; all
    else that a machine did, an operator takes back by invoking one function (`genai-defense restore`).

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: How logs are kept.
        bus: Where events arrive; executions and what could not be delivered are under its key.
        functions: What the state machine runs.

    Attributes:
        state_machine: The state machine, Standard: each execution is an incident's record for 90 days.
        role: Its role.
        undelivered: Events that EventBridge could not deliver in a day.

    Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        bus: SecurityBus,
        functions: ResponseFunctions,
    ) -> None:
        super().__init__(scope, construct_id)
        decision, responder = functions.decision.function, functions.responder.function
        self.state_machine, self.role = logged_state_machine(
            self,
            definition=response_workflow(
                decision_function_arn=decision.function_arn, responder_function_arn=responder.function_arn
            ),
            encryption_key=bus.encryption_key,
            hosting=hosting,
            statements=[
                iam.PolicyStatement(
                    sid="RunItsTwoFunctions",
                    actions=["lambda:InvokeFunction"],
                    resources=[decision.function_arn, responder.function_arn],
                )
            ],
        )
        self.undelivered = sqs.Queue(
            self,
            "Undelivered",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=bus.encryption_key,
            enforce_ssl=True,
            retention_period=Duration.days(14),
        )
        acknowledge(self.undelivered, "AwsSolutions-SQS3", reason=_IS_FOR_DEAD_LETTERS)
        delivery = self._delivery(bus)
        rule = self._rule(
            "Arrived",
            pattern={
                "source": [
                    GUARDRAIL_SOURCE,
                    WEB_ACL_SOURCE,
                    SIGN_IN_SOURCE,
                    *(one["source"][0] for one in _FROM_AWS.values()),
                ]
            },
            target_arn=self.state_machine.attr_arn,
            role=delivery,
            bus_name=bus.bus.event_bus_name,
        )
        rules = [rule] + [
            self._rule(name, pattern=pattern, target_arn=bus.bus.event_bus_arn, role=delivery)
            for name, pattern in _FROM_AWS.items()
        ]
        self._admit_undelivered(rules)
        self._let_go(functions)

    def _delivery(self, bus: SecurityBus) -> iam.Role:
        """What EventBridge may do for the rules."""
        role = iam.Role(
            self,
            "DeliveryRole",
            assumed_by=iam.ServicePrincipal("events.amazonaws.com").with_conditions(
                {"StringEquals": {"aws:SourceAccount": Stack.of(self).account}}
            ),
        )
        iam.ManagedPolicy(
            self,
            "DeliveryPolicy",
            roles=[role],
            statements=[
                iam.PolicyStatement(
                    sid="StartResponse",
                    actions=["states:StartExecution"],
                    resources=[self.state_machine.attr_arn],
                ),
                iam.PolicyStatement(
                    sid="BringToTheBus", actions=["events:PutEvents"], resources=[bus.bus.event_bus_arn]
                ),
            ],
        )
        return role

    def _rule(
        self,
        construct_id: str,
        *,
        pattern: dict[str, Any],
        target_arn: str,
        role: iam.Role,
        bus_name: str | None = None,
    ) -> events.CfnRule:
        return events.CfnRule(
            self,
            construct_id,
            event_bus_name=bus_name,
            event_pattern=pattern,
            targets=[
                events.CfnRule.TargetProperty(
                    id="Target",
                    arn=target_arn,
                    role_arn=role.role_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self.undelivered.queue_arn
                    ),
                    retry_policy=events.CfnRule.RetryPolicyProperty(
                        maximum_event_age_in_seconds=86_400, maximum_retry_attempts=185
                    ),
                )
            ],
        )

    def _admit_undelivered(self, rules: list[events.CfnRule]) -> None:
        self.undelivered.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowRulesOfTheResponse",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.undelivered.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": [rule.attr_arn for rule in rules]}},
            ),
        )

    def _let_go(self, functions: ResponseFunctions) -> None:
        restore = functions.restore.function
        clock = events.CfnRule(
            self,
            "LetGo",
            schedule_expression="rate(5 minutes)",
            targets=[
                events.CfnRule.TargetProperty(id="Target", arn=restore.function_arn, input='{"expire": true}')
            ],
        )
        lambda_.CfnPermission(
            self,
            "LetGoMayInvoke",
            action="lambda:InvokeFunction",
            function_name=restore.function_arn,
            principal="events.amazonaws.com",
            source_arn=clock.attr_arn,
        )
