"""What was found out about every document, locked before anything is published."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.bucket_denials import deny_except
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, acknowledge_one_region

MANIFESTS = "manifests"


class ManifestBucket(Construct):
    """A bucket under Object Lock of one JSON a document: hash, uploader, times, scanners, verdict, reasons.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        access_logs: Where S3 logs the accesses to it.
        lock: How long each version is locked; see `object_lock`.
        perimeter: Who may touch the bucket at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the bucket. Default: it stays.

    Attributes:
        bucket: The bucket.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket,
        lock: s3.ObjectLockRetention,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=access_logs,
            perimeter=perimeter,
            removal_policy=removal_policy,
            lock=lock,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="Manifests are locked from their first moment; what holds today stands in the "
            "document table, which is backed up every day",
        )

    def admit(self, *, writer: iam.IRole) -> None:
        """Say who alone may write manifests."""
        deny_except(
            self.bucket, sid="OnlyWhoExaminesWrites", actions=["s3:PutObject"], roles=[writer.role_arn]
        )
