"""Documents that were not let in, for responders' eyes only."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.bucket_denials import READ_CONTENT, deny_except
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, acknowledge_one_region


class QuarantineBucket(Construct):
    """A bucket that takes documents from one role and gives them to named responders alone.

    Its policy denies reading to everybody else, whatever their own policies allow: administrators, the chat,
    the knowledge base, and the function that puts the documents in. A responder is named here and then needs
    permissions on bucket and key. A weekly inventory of it goes to the access logs.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest: one of its own, which no role of the chatbot may decrypt with.
        access_logs: Where S3 logs the accesses to it.
        responders: ARNs of the roles that may read. Default: nobody.
        kept: How long a document is kept, at least one day. Default: 90 days.
        perimeter: Who may touch the bucket at all. Default: this account, through any way.
        removal_policy: What `cdk destroy` does to the bucket. Default: it stays.

    Attributes:
        bucket: The bucket.
        encryption_key: Its key.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket,
        responders: Sequence[str] = (),
        kept: Duration = Duration.days(90),  # noqa: B008 - immutable
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.encryption_key = encryption_key
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=access_logs,
            perimeter=perimeter,
            removal_policy=removal_policy,
            lifecycle_rules=[s3.LifecycleRule(expiration=kept, noncurrent_version_expiration=kept)],
        )
        self.bucket.list_weekly()
        acknowledge_one_region(
            self.bucket,
            kept_by="A quarantined document is evidence for a time; its manifest, which says why, is "
            "locked elsewhere",
        )
        deny_except(self.bucket, sid="OnlyRespondersRead", actions=READ_CONTENT, roles=responders)

    def admit(self, *, writer: iam.IRole) -> None:
        """Say who alone may put documents in."""
        deny_except(
            self.bucket, sid="OnlyWhoExaminesWrites", actions=["s3:PutObject"], roles=[writer.role_arn]
        )
