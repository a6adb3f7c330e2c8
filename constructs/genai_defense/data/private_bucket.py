"""What every bucket of the kit has in common, and the bucket that logs accesses to the others."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.data.data_perimeter import DataPerimeter

ACCESS_LOG_DAYS = 365
MOST_LOCKED_DAYS = 3650
"""Ten years: nobody, not even AWS, deletes earlier what is locked in compliance mode."""
_INVENTORIES = "inventory"
_LOGS_BY_POLICY = "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy"
AFTER_LOCK = Duration.days(30)
"""How much longer than its lock lasts a version is kept."""
_UNFINISHED = s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(7))
_INVENTORY_FIELDS = (
    "Size",
    "LastModifiedDate",
    "EncryptionStatus",
    "ObjectLockMode",
    "ObjectLockRetainUntilDate",
)


class PrivateBucket(s3.Bucket):
    """A bucket under a key of yours, for callers inside a perimeter, over TLS 1.2 or later.

    Versioned, owner-enforced, public access blocked, every access logged; uploads that never end are dropped
    after 7 days. With `lock`, each version is locked from the moment it is written; what was replaced or
    deleted is gone as long after that as a lock lasts and 30 days; and all versions are listed each week,
    with their locks and encryption.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        access_logs: Where S3 logs the accesses, below the construct's path; see `access_log_bucket`. One of
            another stack must admit the account's buckets (`admit_buckets_of_account`).
        perimeter: Who may touch the bucket at all. Default: this account, through any way.
        lock: How long each version is locked; see `object_lock`. Default: not locked.
        lifecycle_rules: When objects and old versions go. Default: they stay; old versions as said.
        acl_delivery_because: Why a service of AWS delivers by access control list, from an account of its
            own: the perimeter then stands open. Default: access control lists are off.
        removal_policy: What `cdk destroy` does to the bucket. Default: it stays.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html,
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html,
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        lock: s3.ObjectLockRetention | None = None,
        lifecycle_rules: Sequence[s3.LifecycleRule] = (),
        acl_delivery_because: str | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        ownership = s3.ObjectOwnership
        here = Stack.of(access_logs) is Stack.of(scope)
        super().__init__(
            scope,
            construct_id,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            versioned=True,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=encryption_key,
            bucket_key_enabled=True,
            object_lock_default_retention=lock,
            object_ownership=ownership.BUCKET_OWNER_PREFERRED
            if acl_delivery_because
            else ownership.BUCKET_OWNER_ENFORCED,
            # A prefix without a bucket would make the CDK deliver to this one.
            server_access_logs_bucket=access_logs if here else None,
            server_access_logs_prefix=f"{scope.node.path}/{construct_id}/" if here else None,
            lifecycle_rules=[*lifecycle_rules, *([_old_versions(lock)] if lock else []), _UNFINISHED],
            removal_policy=removal_policy,
        )
        self._logs = self._log_to(access_logs)
        if lock:
            self.list_weekly()
        if acl_delivery_because is None:
            for statement in perimeter.statements(self):
                self.add_to_resource_policy(statement)
        else:
            acknowledge(self, "OwaspLlm-BucketKeepsStrangersOut", reason=acl_delivery_because)

    def list_weekly(self) -> None:
        """Have all versions listed each week, with size, encryption and lock, to the access logs."""
        self.add_inventory(
            destination=s3.InventoryDestination(bucket=self._logs, prefix=_INVENTORIES),
            frequency=s3.InventoryFrequency.WEEKLY,
            include_object_versions=s3.InventoryObjectVersion.ALL,
            optional_fields=list(_INVENTORY_FIELDS),
        )

    def _log_to(self, access_logs: s3.IBucket) -> s3.IBucket:
        destination = access_logs
        if Stack.of(access_logs) is not Stack.of(self):
            # The CDK would write this bucket into the other one's policy, and tie two stacks into a circle.
            destination = s3.Bucket.from_bucket_arn(self, "AccessLogs", access_logs.bucket_arn)
            resource = self.node.default_child
            assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - what an L2 bucket is made of
            resource.logging_configuration = s3.CfnBucket.LoggingConfigurationProperty(
                destination_bucket_name=access_logs.bucket_name, log_file_prefix=f"{self.node.path}/"
            )
        return destination


def object_lock(retention: Duration, *, compliance: bool) -> s3.ObjectLockRetention:
    """How long each version of an object is locked.

    Args:
        retention: 1 to 3,650 days, whole days.
        compliance: True locks in compliance mode: nobody can shorten or lift it, root included. False locks
            in governance mode, which a role with `s3:BypassGovernanceRetention` may lift.

    Raises:
        ValueError: `retention` is no whole number of days, or out of bounds.
    """
    days = retention.to_days(integral=False)
    if days != int(days) or not 1 <= days <= MOST_LOCKED_DAYS:
        raise ValueError(
            f"object_lock: retention is {retention.to_human_string()}, but Object Lock counts whole days, "
            "and a mistake in compliance mode cannot be taken back. Give at least Duration.days(1) and at "
            f"most Duration.days({MOST_LOCKED_DAYS}).",
        )
    lock = s3.ObjectLockRetention.compliance if compliance else s3.ObjectLockRetention.governance
    return lock(retention)


def _old_versions(lock: s3.ObjectLockRetention) -> s3.LifecycleRule:
    return s3.LifecycleRule(noncurrent_version_expiration=lock.duration.plus(AFTER_LOCK))


def access_log_bucket(
    scope: Construct,
    construct_id: str,
    *,
    perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
    removal_policy: RemovalPolicy,
) -> s3.Bucket:
    """A bucket to which S3 delivers the access logs of buckets of its stack; kept for a year."""
    # Without this flag the CDK delivers access logs by ACL, which an owner-enforced bucket refuses.
    scope.node.set_context(_LOGS_BY_POLICY, True)
    bucket = s3.Bucket(
        scope,
        construct_id,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        versioned=True,
        # S3 delivers access logs to buckets with its own keys only.
        encryption=s3.BucketEncryption.S3_MANAGED,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        lifecycle_rules=[
            s3.LifecycleRule(
                expiration=Duration.days(ACCESS_LOG_DAYS), noncurrent_version_expiration=Duration.days(30)
            ),
            _UNFINISHED,
        ],
        removal_policy=removal_policy,
    )
    for statement in perimeter.from_any_endpoint.statements(bucket):
        bucket.add_to_resource_policy(statement)
    acknowledge(
        bucket,
        *(f"{pack}-S3DefaultEncryptionKMS" for pack in CONTROL_PACKS),
        reason="S3 delivers server access logs to no bucket with a KMS key; with its own keys (SSE-S3) they "
        "are encrypted all the same. A line names caller, key and status of a request and holds no content; "
        "strangers and plain HTTP are refused by the bucket's policy.",
    )
    acknowledge_one_region(
        bucket,
        kept_by="Access logs are the second record of what the trail's data events tell, and old versions "
        "keep them 30 days beyond a deletion",
    )
    return bucket


def admit_buckets_of_account(access_logs: s3.Bucket) -> None:
    """Let S3 deliver access logs and inventories of any bucket of the account, of other stacks as well.

    Args:
        access_logs: See `access_log_bucket`.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html (read
        2026-11-24).
    """
    ours = {"StringEquals": {"aws:SourceAccount": Stack.of(access_logs).account}}
    for sid, service, keys in (
        ("AdmitAccessLogs", "logging.s3.amazonaws.com", "*"),
        ("AdmitInventories", "s3.amazonaws.com", f"{_INVENTORIES}/*"),
    ):
        access_logs.add_to_resource_policy(
            iam.PolicyStatement(
                sid=sid,
                principals=[iam.ServicePrincipal(service)],
                actions=["s3:PutObject"],
                resources=[access_logs.arn_for_objects(keys)],
                conditions=ours,
            )
        )


def acknowledge_one_region(*buckets: s3.Bucket, kept_by: str) -> None:
    """Say why these buckets are not replicated, and what keeps the data instead (a sentence without end)."""
    for bucket in buckets:
        acknowledge(
            bucket,
            *(f"{pack}-S3BucketReplicationEnabled" for pack in CONTROL_PACKS),
            reason=f"{kept_by}. S3 keeps each object in three or more zones, and a copy in another Region "
            "would leave the one that was chosen for the data.",
        )
