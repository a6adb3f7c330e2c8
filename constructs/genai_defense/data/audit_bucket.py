"""Records that nobody can rewrite until their time has come."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.private_bucket import PRIVATE, access_log_bucket, acknowledge_one_region


class AuditBucket(Construct):
    """A bucket under Object Lock for audit records, with a second bucket that logs every access to it.

    Both are private, versioned, TLS-only and owner-enforced. Every object is locked for `retention` from the
    moment it is written; deleting it leaves a marker and the locked version stays.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        retention: How long each record is locked, at least one day. Whole days count.
        compliance: True locks in compliance mode: nobody can shorten or lift it, root included, and the
            bucket cannot be emptied before the last record's time. False (default) locks in governance mode,
            which a role with `s3:BypassGovernanceRetention` may lift.
        removal_policy: What `cdk destroy` does to the buckets. Default: they stay.

    Attributes:
        bucket: The locked bucket.
        access_logs: Where S3 logs the accesses; those logs expire after 365 days.

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
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        if retention.to_days(integral=False) < 1:
            raise ValueError(
                f"AuditBucket {self.node.path}: retention is {retention.to_human_string()}, but Object Lock "
                "counts whole days. Give at least Duration.days(1).",
            )
        self._encryption_key = encryption_key
        self.access_logs = access_log_bucket(self, "AccessLogs", removal_policy=removal_policy)
        lock = s3.ObjectLockRetention.compliance if compliance else s3.ObjectLockRetention.governance
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=encryption_key,
            bucket_key_enabled=True,
            object_lock_default_retention=lock(retention),
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            server_access_logs_bucket=self.access_logs,
            removal_policy=removal_policy,
            **PRIVATE,
        )
        acknowledge_one_region(
            self.access_logs,
            self.bucket,
            kept_by="versions, and Object Lock for records, keep them against loss by error or intent",
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
