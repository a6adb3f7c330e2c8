"""What was examined and may be answered from: locked, and written by one role."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.bucket_denials import deny_except
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, acknowledge_one_region

ORIGINALS = "originals"
PASSAGES = "passages"
"""The one prefix that a knowledge base reads."""


class TrustedBucket(Construct):
    """A bucket under Object Lock: `originals/<tenant>/<sha256>/<name>` and `passages/<tenant>/<sha256>.txt`.

    A document that is withdrawn gets delete markers; its locked versions stay until their lock ends.

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

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (read 2026-11-24).
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
            kept_by="Originals and passages are locked from their first moment; a passage can be "
            "made again from its original, which its sender has as well",
        )

    def admit(self, *, writer: iam.IRole, withdrawers: Sequence[iam.IRole]) -> None:
        """Say who alone may write, and who alone may put delete markers on documents.

        Args:
            writer: Role of the function that examines documents.
            withdrawers: Roles of the functions that take documents out of sight.
        """
        deny_except(
            self.bucket, sid="OnlyWhoExaminesWrites", actions=["s3:PutObject"], roles=[writer.role_arn]
        )
        deny_except(
            self.bucket,
            sid="OnlyWhoWithdrawsDeletes",
            actions=["s3:DeleteObject"],
            roles=[role.role_arn for role in withdrawers],
        )
