"""Where people hear that something is wrong."""

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

_EMAIL_PARTS = 2


class AlarmTopic(Construct):
    """An encrypted topic for the account's CloudWatch alarms, which takes messages over TLS only.

    CloudWatch needs rights on the topic *and* on its key, else an alarm changes state and nobody hears of it.
    Both are given here: the key's policy gains a statement for CloudWatch. (An imported key's policy cannot
    be changed from here: let `cloudwatch.amazonaws.com` use it for `kms:Decrypt` and `kms:GenerateDataKey`
    yourself.)

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for messages at rest.
        email: Address to subscribe. AWS sends it a letter first, and messages once the link in it was opened.
            Default: nobody is subscribed.

    Attributes:
        topic: The topic, for `alarm_topic` arguments.

    Raises:
        ValueError: The e-mail address is not one.

    Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        email: str | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        self.topic = sns.Topic(self, "Topic", master_key=encryption_key, enforce_ssl=True)
        alarms = iam.ServicePrincipal(
            "cloudwatch.amazonaws.com",
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": stack.format_arn(service="cloudwatch", resource="alarm:*")},
            },
        )
        # With a policy of its own (enforce_ssl gives it one) a topic loses the default that lets alarms in.
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowAlarmsOfThisAccount",
                principals=[alarms],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
            ),
        )
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowAlarmsToEncrypt",
                principals=[alarms],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
            ),
        )
        if email is not None:
            if (
                len(email.split("@")) != _EMAIL_PARTS
                or not all(email.split("@"))
                or any(map(str.isspace, email))
            ):
                raise ValueError(
                    f"AlarmTopic {self.node.path}: email {email!r} is not an address. Give one such as "
                    "security@example.com, or leave it out to subscribe nobody.",
                )
            self.topic.add_subscription(subscriptions.EmailSubscription(email))
