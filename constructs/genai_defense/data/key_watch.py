"""Whoever ends or opens a key is noticed within minutes."""

from collections.abc import Sequence

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

# What makes data unreadable, or lets more people read it.
WATCHED = (
    "DeleteImportedKeyMaterial",
    "DisableKey",
    "DisableKeyRotation",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
)


class KeyWatch(Construct):
    """Tells a topic when somebody disables a key, schedules its deletion, or changes who may use it.

    EventBridge gets the call from CloudTrail, also when KMS refused it. A deletion waits 30 days, in which it
    can be cancelled.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarm_topic: Where the message goes. Its policy gains a statement for EventBridge.
        encryption_key: Key of the topic; EventBridge must be let encrypt with it, so it must be created in
            this app.
        keys: The keys to watch. Default: every key of this account and Region, those of other apps included.

    Attributes:
        rule: The rule.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html,
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        alarm_topic: sns.ITopic,
        encryption_key: kms.IKey,
        keys: Sequence[kms.IKey] = (),
    ) -> None:
        super().__init__(scope, construct_id)
        named = {"resources": {"ARN": [key.key_arn for key in keys]}} if keys else {}
        self.rule = events.CfnRule(
            self,
            "Rule",
            description="Somebody ends a key, or changes who may use it.",
            event_pattern={
                "source": ["aws.kms"],
                "detail-type": ["AWS API Call via CloudTrail"],
                "detail": {
                    "eventSource": ["kms.amazonaws.com"],
                    "eventName": list(WATCHED),
                    **named,
                },
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="Topic",
                    arn=alarm_topic.topic_arn,
                    input_transformer=events.CfnRule.InputTransformerProperty(
                        input_paths_map={
                            "call": "$.detail.eventName",
                            "who": "$.detail.userIdentity.arn",
                            "key": "$.detail.requestParameters.keyId",
                            "time": "$.time",
                        },
                        input_template='"<who> called <call> on the key <key> at <time>."',
                    ),
                )
            ],
        )
        self._admit_rule(alarm_topic, encryption_key)

    def _admit_rule(self, alarm_topic: sns.ITopic, encryption_key: kms.IKey) -> None:
        stack = Stack.of(self)
        rules = stack.format_arn(
            service="events", resource="rule", resource_name="*", arn_format=ArnFormat.SLASH_RESOURCE_NAME
        )
        ours = iam.ServicePrincipal(
            "events.amazonaws.com",
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": rules},
            },
        )
        alarm_topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowRulesOfThisAccount",
                principals=[ours],
                actions=["sns:Publish"],
                resources=[alarm_topic.topic_arn],
            )
        )
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowRulesToEncrypt",
                principals=[ours],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
            )
        )
