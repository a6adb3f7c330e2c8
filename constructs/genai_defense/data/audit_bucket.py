"""Records that nobody can rewrite until their time has come."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import (
    AFTER_LOCK,
    PrivateBucket,
    access_log_bucket,
    acknowledge_one_region,
    object_lock,
)


class AuditBucket(Construct):
    """A bucket under Object Lock for audit records, every access to which is logged in another bucket.

    Both are private, versioned, TLS-only and owner-enforced. Every object is locked for `retention` from the
    moment it is written; deleting it leaves a marker and the locked version stays. 30 days after its lock
    ended it is deleted so by itself, and as long again after that it is gone.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        retention: How long each record is locked, at least one day. Whole days count.
        compliance: True locks in compliance mode: nobody can shorten or lift it, root included, and the
            bucket cannot be emptied before the last record's time. False (default) locks in governance mode,
            which a role with `s3:BypassGovernanceRetention` may lift.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the buckets. Default: they stay.

    Attributes:
        bucket: The locked bucket.
        access_logs: That bucket; access logs expire after 365 days.

    Raises:
        ValueError: When `retention` is less than one day.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        retention: Duration,
        compliance: bool = False,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=self.access_logs,
            perimeter=perimeter,
            lock=object_lock(retention, compliance=compliance),
            lifecycle_rules=[s3.LifecycleRule(expiration=retention.plus(AFTER_LOCK))],
            removal_policy=removal_policy,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="Records are locked from their first moment, so that neither error nor intent removes a "
            "version before its time",
        )

    def grant_write_records(self, policy: iam.ManagedPolicy, *, prefix: str) -> None:
        """Let `policy` add records below `prefix`, and neither read, list, delete nor unlock them.

        Args:
            policy: Managed policy of the writer.
            prefix: Key prefix without a trailing slash, for example `audit`.
        """
        policy.add_statements(
            iam.PolicyStatement(
                sid="WriteRecords",
                actions=["s3:PutObject"],
                resources=[self.bucket.arn_for_objects(f"{prefix}/*")],
            ),
            iam.PolicyStatement(
                sid="EncryptRecords",
                actions=["kms:GenerateDataKey"],
                resources=[self._encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
            ),
        )
        acknowledge(
            policy,
            wildcard_below(self.bucket.bucket_arn, f"/{prefix}/*", owner=self, reader=policy),
            reason="The records below one prefix have no names yet when the permission is written; it "
            "allows to add them and neither to read, to change nor to delete them.",
        )
