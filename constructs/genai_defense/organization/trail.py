"""Who did what in the account, kept where nobody can change it."""

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.audit_bucket import AuditBucket
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.organization.trail_events import event_selectors, insight_selectors

_CLOUDTRAIL = "cloudtrail.amazonaws.com"


class AuditTrail(Construct):
    """A trail over all Regions, in files that nobody can change before their time.

    It records management events, and every use of Bedrock, S3 objects and DynamoDB items. Its files are
    encrypted, carry digests that reveal a changed or missing one (file validation), and lie in a bucket under
    Object Lock. The same events go to a log group, where they can be searched and alarmed on.

    CloudTrail Insights reports when calls, or errors of calls, come much more often than usual.

    CloudTrail records `InvokeModel` and `Converse` as *management* events; the data events add guardrails,
    agents, flows, knowledge bases, prompts, sessions, asynchronous and bidirectional invocations. Data events
    are billed per event, and those of S3 and DynamoDB are billed for the whole account.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for files and log group. Its policy gains statements for CloudTrail, and must
            admit CloudWatch Logs (`DataKey.allow_log_groups`).
        locked_for: How long each file is locked, at least one day. Whole days count.
        compliance: True locks in compliance mode, which nobody can lift, root included. Default: governance
            mode.
        retention: How long the log group keeps events. Default: one year.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to bucket and log group. Default: they stay.

    Attributes:
        trail: The trail.
        records: The locked bucket, and the bucket that logs accesses to it.
        log_group: The same events in CloudWatch Logs.

    Raises:
        ValueError: When `locked_for` is less than one day.

    Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    and https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        locked_for: Duration,
        compliance: bool = False,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._from_trails_of_this_account = _from_trails_of_account(Stack.of(self))
        self.records = AuditBucket(
            self,
            "Records",
            encryption_key=encryption_key,
            retention=locked_for,
            compliance=compliance,
            access_logs=access_logs,
            perimeter=perimeter,
            removal_policy=removal_policy,
        )
        self.log_group = logs.LogGroup(
            self,
            "Events",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self._allow_files()
        self._allow_encryption(encryption_key)
        role, policy = self._log_role()
        self.trail = cloudtrail.CfnTrail(
            self,
            "Trail",
            is_logging=True,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            s3_bucket_name=self.records.bucket.bucket_name,
            kms_key_id=encryption_key.key_arn,
            cloud_watch_logs_log_group_arn=self.log_group.log_group_arn,
            cloud_watch_logs_role_arn=role.role_arn,
            advanced_event_selectors=event_selectors(
                not_in_buckets=[self.records.bucket.bucket_arn, self.records.access_logs.bucket_arn],
            ),
            insight_selectors=insight_selectors(),
        )
        self.trail.node.add_dependency(policy)
        if self.records.bucket.policy is not None:
            self.trail.node.add_dependency(self.records.bucket.policy)

    def _allow_files(self) -> None:
        bucket = self.records.bucket
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowTrailToSeeBucket",
                principals=[self._trails()],
                actions=["s3:GetBucketAcl"],
                resources=[bucket.bucket_arn],
            ),
        )
        bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowTrailToAddFiles",
                principals=[self._trails({"s3:x-amz-acl": "bucket-owner-full-control"})],
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects(f"AWSLogs/{Stack.of(self).account}/*")],
            ),
        )

    def _allow_encryption(self, key: kms.IKey) -> None:
        # The bucket's S3 Bucket Key makes CloudTrail's requests carry the bucket as encryption context, and
        # lets
        # S3 read that key back: so the trail is recognised by aws:SourceArn alone, and may decrypt.
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowTrailToEncrypt",
                principals=[self._trails()],
                actions=["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
            ),
        )

    def _log_role(self) -> tuple[iam.Role, iam.ManagedPolicy]:
        # No condition on the account: nobody can pass a role of this account to a trail of another one.
        role = iam.Role(
            self,
            "LogRole",
            assumed_by=iam.ServicePrincipal(_CLOUDTRAIL),
            description="Writes the trail to its log group.",
        )
        policy = iam.ManagedPolicy(
            self,
            "LogPolicy",
            roles=[role],
            statements=[
                iam.PolicyStatement(
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[self.log_group.log_group_arn],
                ),
            ],
        )
        return role, policy

    def _trails(self, also_equal: dict[str, str] | None = None) -> iam.PrincipalBase:
        return iam.ServicePrincipal(_CLOUDTRAIL).with_conditions(
            {
                **self._from_trails_of_this_account,
                "StringEquals": {**self._from_trails_of_this_account["StringEquals"], **(also_equal or {})},
            },
        )


def _from_trails_of_account(stack: Stack) -> dict[str, dict[str, str]]:
    # The trail is named at deployment; naming it here would tie bucket, key and trail into a circle.
    trails = stack.format_arn(service="cloudtrail", resource="trail", resource_name="*")
    return {"StringEquals": {"aws:SourceAccount": stack.account}, "ArnLike": {"aws:SourceArn": trails}}
