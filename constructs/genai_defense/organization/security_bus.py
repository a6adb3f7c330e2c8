"""The one bus on which everything about attacks arrives."""

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

GUARDRAIL_SOURCE = "genai-defense.guardrail"
"""Source of the guardrail function's events (lambda/guardrail/events.py)."""
SIGN_IN_SOURCE = "genai-defense.sign-in"
"""Source of what threat protection calls risky (lambda/sign_in_events/handler.py)."""
WEB_ACL_SOURCE = "genai-defense.web-acl"
"""Source of what web ACLs refuse (lambda/web_acl_events/handler.py)."""


class SecurityBus(Construct):
    """An encrypted event bus of this account, which takes only from those who were named.

    A sender may use one source only, so that none can speak for another one. Events hold ids and reasons, no
    content.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of events at rest. Its policy gains a statement for EventBridge; an imported key's
            must have it already.

    Attributes:
        bus: The bus.
        encryption_key: As given.

    Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html (read
        2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        self.encryption_key = encryption_key
        # CloudFormation demands a name; the CDK makes one of the construct's path.
        self.bus = events.EventBus(self, "Bus", kms_key=encryption_key)
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowEventsOfThisAccount",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": stack.format_arn(service="events", resource="*")},
                },
            ),
        )

    def grant_put(self, policy: iam.ManagedPolicy, *, source: str) -> None:
        """Let `policy` put events of one source on this bus."""
        policy.add_statements(self.put_statement(source=source))

    def put_statement(
        self, *, source: str, principals: Sequence[iam.IPrincipal] | None = None
    ) -> iam.PolicyStatement:
        """The permission to put events of one source, for an identity's or an endpoint's policy."""
        return iam.PolicyStatement(
            sid=None if principals else "TellTheResponder",
            principals=principals,
            actions=["events:PutEvents"],
            resources=[self.bus.event_bus_arn],
            # All entries of one call; without the second condition, none at all would do as well.
            conditions={
                "ForAllValues:StringEquals": {"events:source": [source]},
                "Null": {"events:source": "false"},
            },
        )
