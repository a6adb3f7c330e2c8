"""What every bucket of the kit has in common, and the bucket that logs accesses to the others."""

from typing import TypedDict

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge

ACCESS_LOG_DAYS = 365
_LOGS_BY_POLICY = "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy"


class Private(TypedDict):
    """Arguments of `s3.Bucket` that no bucket of the kit goes without."""

    block_public_access: s3.BlockPublicAccess
    enforce_ssl: bool
    minimum_tls_version: float
    versioned: bool


PRIVATE = Private(
    block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
    enforce_ssl=True,
    minimum_tls_version=1.2,
    versioned=True,
)


def access_log_bucket(scope: Construct, construct_id: str, *, removal_policy: RemovalPolicy) -> s3.Bucket:
    """A bucket to which S3 delivers the access logs of the buckets below `scope`; kept for a year."""
    # Without this flag the CDK delivers access logs by ACL, which an owner-enforced bucket refuses.
    scope.node.set_context(_LOGS_BY_POLICY, True)
    bucket = s3.Bucket(
        scope,
        construct_id,
        # S3 delivers access logs to buckets with its own keys only.
        encryption=s3.BucketEncryption.S3_MANAGED,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        lifecycle_rules=[
            s3.LifecycleRule(
                expiration=Duration.days(ACCESS_LOG_DAYS), noncurrent_version_expiration=Duration.days(30)
            ),
        ],
        removal_policy=removal_policy,
        **PRIVATE,
    )
    acknowledge(
        bucket,
        *(f"{pack}-S3DefaultEncryptionKMS" for pack in CONTROL_PACKS),
        reason="S3 delivers server access logs only to buckets with its own keys (SSE-S3); the logs name "
        "objects and callers and hold no content of records.",
    )
    return bucket


def acknowledge_one_region(*buckets: s3.Bucket, kept_by: str) -> None:
    """Say why these buckets have no copy in another Region, and what keeps the data instead."""
    for bucket in buckets:
        acknowledge(
            bucket,
            *(f"{pack}-S3BucketReplicationEnabled" for pack in CONTROL_PACKS),
            reason="A copy in another Region would leave the Region that was chosen for the data; "
            f"{kept_by}.",
        )
