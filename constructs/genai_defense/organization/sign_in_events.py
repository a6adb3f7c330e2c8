"""From the exports of threat protection to the security bus."""

from typing import TYPE_CHECKING

from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.application.private_function import FunctionHosting
from genai_defense.data.data_perimeter import reaches_beside_endpoints
from genai_defense.organization.control_function import ControlFunction
from genai_defense.organization.security_bus import SIGN_IN_SOURCE, SecurityBus

if TYPE_CHECKING:
    # Its package imports this one.
    from genai_defense.user_interface import SignInLog


class SignInEvents(Construct):
    """Tells the bus which sign-ins threat protection calls risky.

    Cognito exports them to a bucket, about every five minutes and by best effort; S3 says so, and a function
    reads the export. What it could not read or tell waits in its dead letters. It is told to the bus who
    signed in and why that is risky: no name, address or device.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: How logs are kept.
        bus: Where events go.
        log: Where Cognito exports to.
        undelivered: Keeps what EventBridge could not hand to the function; its key must admit EventBridge.

    Attributes:
        control: The function that reads exports, with its dead letters.
        rule: The rule that starts it.

    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html,
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        bus: SecurityBus,
        log: "SignInLog",
        undelivered: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        bucket = log.bucket
        self.control = ControlFunction(
            self,
            "Function",
            packages=("sign_in_events", "function_environment"),
            hosting=hosting,
            environment={
                "EVENT_BUS_NAME": bus.bus.event_bus_name,
                "SIGN_IN_BUCKET_NAME": bucket.bucket_name,
            },
            outside_because="It turns exported sign-ins into events on one bus: its policy reads that bucket "
            "and puts those events, and nothing else. In the VPC, storage's and the bus's endpoints would "
            "have to admit it beside the guardrail function, which alone handles what users write.",
        )
        # It stands outside the VPC, as everything does that handles no content of conversations.
        reaches_beside_endpoints(self.control.role)
        bus.grant_put(self.control.policy, source=SIGN_IN_SOURCE)
        log.grant_read(self.control.policy)
        self.rule = self._hear(bucket.bucket_name, undelivered)

    def _hear(self, bucket_name: str, undelivered: sqs.IQueue) -> events.CfnRule:
        function = self.control.function
        rule = events.CfnRule(
            self,
            "Exported",
            description="Cognito has exported sign-ins.",
            event_pattern={
                "source": ["aws.s3"],
                "detail-type": ["Object Created"],
                "detail": {"bucket": {"name": [bucket_name]}, "object": {"key": [{"prefix": "AWSLogs/"}]}},
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="Function",
                    arn=function.function_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(arn=undelivered.queue_arn),
                )
            ],
        )
        lambda_.CfnPermission(
            self,
            "ExportedMayInvoke",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="events.amazonaws.com",
            source_arn=rule.attr_arn,
        )
        undelivered.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowExportsOfSignIns",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[undelivered.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": rule.attr_arn}},
            ),
        )
        return rule
