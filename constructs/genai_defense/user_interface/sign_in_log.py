"""What the user pool thinks of each sign-in, and which of its messages did not arrive."""

from typing import cast

from aws_cdk import ArnFormat, Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import (
    PrivateBucket,
    access_log_bucket,
    acknowledge_one_region,
)

_EXPORTS = "AWSLogs"
_DELIVERY = "delivery.logs.amazonaws.com"


class SignInLog(Construct):
    """Exports the events of threat protection to a bucket, and failed messages to a log group.

    Each event names the user, the address, the device, the risk and what Cognito did about it; so the bucket
    is encrypted under a key of yours. A log group with such a key is refused by Cognito, and failed messages
    can go to a log group only: that one is encrypted by CloudWatch itself.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        user_pool: The pool, on the PLUS plan with threat protection.
        encryption_key: Key of the bucket. The log lets the delivery service encrypt with it, so it must be
            created in this app.
        retention: How long events are kept, at least one day. Default: one year.
        message_retention: How long failed messages are kept. Default: one year.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to bucket and log. Default: they stay.

    Attributes:
        bucket: Where the events go, below `AWSLogs/<account>/`; S3 tells EventBridge of each export.
        access_logs: Where S3 logs the accesses to it; those logs expire after 365 days.
        messages: The log group of failed messages.

    Source: https://docs.aws.amazon.com/cognito/latest/developerguide/exporting-quotas-and-usage.html,
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cognito-logdeliveryconfiguration-cloudwatchlogsconfiguration.html,
        https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: cognito.IUserPool,
        encryption_key: kms.IKey,
        retention: Duration = Duration.days(365),  # noqa: B008 - immutable
        message_retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=self.access_logs,
            perimeter=perimeter,
            lifecycle_rules=[
                s3.LifecycleRule(expiration=retention, noncurrent_version_expiration=Duration.days(1))
            ],
            removal_policy=removal_policy,
        )
        self.bucket.list_weekly()
        acknowledge_one_region(
            self.bucket,
            kept_by="Cognito itself keeps the sign-in events of each user, and the trail the calls; this is "
            "a copy for searches, versioned against error",
        )
        self._say_what_arrives()
        self._encryption_key = encryption_key
        self._allow_delivery(encryption_key)
        self.messages = logs.LogGroup(
            self, "Messages", retention=message_retention, removal_policy=removal_policy
        )
        acknowledge(
            self.messages,
            *(f"{pack}-CloudWatchLogGroupEncrypted" for pack in CONTROL_PACKS),
            "OwaspLlm-RecordStoreUsesCustomerManagedKey",
            reason="Cognito refuses a log group with a KMS key, and sends failed messages nowhere else; the "
            "entries say that a message did not arrive, not what it said.",
        )
        self._deliver(user_pool)

    def grant_read(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read exports whose names it was told, and neither list nor delete them."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="ReadExports",
                actions=["s3:GetObject"],
                resources=[self.bucket.arn_for_objects(f"{_EXPORTS}/*")],
            ),
            iam.PolicyStatement(
                sid="KeyThroughTheBucket",
                actions=["kms:Decrypt"],
                resources=[self._encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
            ),
        )
        acknowledge(
            policy,
            wildcard_below(self.bucket.bucket_arn, f"/{_EXPORTS}/*", owner=self, reader=policy),
            reason="Exports of sign-ins have no names before Cognito writes them; the permission reads them "
            "below the one prefix, and can neither list, change nor delete them.",
        )

    def _say_what_arrives(self) -> None:
        # The L2's switch is a function of its own with rights on every bucket.
        resource = cast("s3.CfnBucket", self.bucket.node.default_child)
        resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )

    def _allow_delivery(self, encryption_key: kms.IKey) -> None:
        stack = Stack.of(self)
        delivery = iam.ServicePrincipal(_DELIVERY)
        ours = {
            "StringEquals": {"aws:SourceAccount": stack.account},
            "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:logs:{stack.region}:{stack.account}:*"},
        }
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowDeliveryOfSignInEvents",
                principals=[delivery],
                actions=["kms:GenerateDataKey", "kms:Decrypt"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions=ours,
            ),
        )
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AWSLogDeliveryAclCheck",
                principals=[delivery],
                actions=["s3:GetBucketAcl", "s3:ListBucket"],
                resources=[self.bucket.bucket_arn],
                conditions=ours,
            ),
        )
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AWSLogDeliveryWrite",
                principals=[delivery],
                actions=["s3:PutObject"],
                resources=[self.bucket.arn_for_objects(f"AWSLogs/{stack.account}/*")],
                conditions={
                    **ours,
                    "StringEquals": {
                        **ours["StringEquals"],
                        "s3:x-amz-acl": "bucket-owner-full-control",
                    },
                },
            ),
        )

    def _deliver(self, user_pool: cognito.IUserPool) -> None:
        # Cognito refuses the ":*" that LogGroupArn ends with.
        messages_arn = Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=self.messages.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        delivery = cognito.CfnLogDeliveryConfiguration
        configuration = delivery(
            self,
            "Delivery",
            user_pool_id=user_pool.user_pool_id,
            log_configurations=[
                delivery.LogConfigurationProperty(
                    event_source="userAuthEvents",
                    log_level="INFO",
                    s3_configuration=delivery.S3ConfigurationProperty(bucket_arn=self.bucket.bucket_arn),
                ),
                delivery.LogConfigurationProperty(
                    event_source="userNotification",
                    log_level="ERROR",
                    cloud_watch_logs_configuration=delivery.CloudWatchLogsConfigurationProperty(
                        log_group_arn=messages_arn
                    ),
                ),
            ],
        )
        # Where the policy does not stand yet, the service writes one of its own.
        if self.bucket.policy:
            configuration.node.add_dependency(self.bucket.policy)
