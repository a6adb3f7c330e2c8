"""AWS Config: what every resource was like, at any time."""

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_config as config
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, access_log_bucket, acknowledge_one_region

_CONFIG = "config.amazonaws.com"
_ROLE = "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"


class ResourceRecorder(Construct):
    """The Region's one configuration recorder, with the one channel through which it delivers.

    It records all supported types continuously, global ones included, into an encrypted bucket. The bucket is
    versioned and not under Object Lock: Config delivers to none that is. Creating a second recorder or
    channel in a Region fails.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the bucket. Its policy gains a statement for Config.
        create_service_role: True makes the account's service-linked role for Config, which an account that
            ever used Config has; making it a second time fails. Default: it is there.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the bucket at all. Default: this account, through any way.
        retention: How long history and snapshots are kept, at least one day. Default: 365 days.
        removal_policy: What `cdk destroy` does to the buckets. Default: they stay.

    Attributes:
        recorder: The recorder.
        bucket: Where history and snapshots go.

    Source: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html and
        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-deliverychannel.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        create_service_role: bool = False,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        retention: Duration | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        stack = Stack.of(self)
        access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=access_logs,
            perimeter=perimeter,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=retention or Duration.days(365),
                    noncurrent_version_expiration=Duration.days(30),
                )
            ],
            removal_policy=removal_policy,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="AWS Config itself keeps the history of each resource for seven years; the bucket holds "
            "its copy",
        )
        self._allow_delivery(encryption_key)
        self.recorder = config.CfnConfigurationRecorder(
            self,
            "Recorder",
            role_arn=stack.format_arn(service="iam", region="", resource="role", resource_name=_ROLE),
            recording_group=config.CfnConfigurationRecorder.RecordingGroupProperty(
                all_supported=True, include_global_resource_types=True
            ),
            recording_mode=config.CfnConfigurationRecorder.RecordingModeProperty(
                recording_frequency="CONTINUOUS"
            ),
        )
        if create_service_role:
            self.recorder.node.add_dependency(
                iam.CfnServiceLinkedRole(self, "ServiceRole", aws_service_name=_CONFIG)
            )
        self._deliver(encryption_key)

    def _deliver(self, encryption_key: kms.IKey) -> None:
        # Neither waits for the other: the recorder starts when CloudFormation finds both.
        channel = config.CfnDeliveryChannel(
            self,
            "Channel",
            s3_bucket_name=self.bucket.bucket_name,
            s3_kms_key_arn=encryption_key.key_arn,
            config_snapshot_delivery_properties=(
                config.CfnDeliveryChannel.ConfigSnapshotDeliveryPropertiesProperty(
                    delivery_frequency="TwentyFour_Hours"
                )
            ),
        )
        if self.bucket.policy is not None:
            channel.node.add_dependency(self.bucket.policy)

    def _allow_delivery(self, key: kms.IKey) -> None:
        bucket, account = self.bucket, Stack.of(self).account
        own = {"StringEquals": {"aws:SourceAccount": account}}
        principal = iam.ServicePrincipal(_CONFIG)
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowConfigToSeeBucket",
                principals=[principal.with_conditions(own)],
                actions=["s3:GetBucketAcl", "s3:ListBucket"],
                resources=[bucket.bucket_arn],
            )
        )
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowConfigToDeliver",
                principals=[principal.with_conditions(own)],
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects(f"AWSLogs/{account}/Config/*")],
            )
        )
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowConfigToEncrypt",
                principals=[principal.with_conditions(own)],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
            )
        )
