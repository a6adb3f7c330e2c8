"""Where the files of the chat page lie: private, and read by CloudFront alone."""

from aws_cdk import ArnFormat, Duration, RemovalPolicy, Stack
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.private_bucket import PrivateBucket, access_log_bucket, acknowledge_one_region

_OLD_VERSION_DAYS = 30


class PageBucket(Construct):
    """A private bucket for the chat page, every access to which is logged in another bucket.

    It is no website: nobody reads it but the distribution, through its origin access control. Files that were
    replaced stay as old versions for 30 days.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest. CloudFront must be let decrypt with it, so it must be created
            in this app.
        access_logs: Where S3 logs the accesses. Default: a bucket of its own.
        perimeter: Who may touch the buckets at all; its endpoints do not count, since the page is published
            from outside the VPC. Default: this account.
        removal_policy: What `cdk destroy` does to the buckets. Default: they stay.

    Attributes:
        bucket: The bucket of the page.
        access_logs: Where S3 logs the accesses; those logs expire after 365 days.
        encryption_key: The key.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket | None = None,
        perimeter: DataPerimeter = DataPerimeter(),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.encryption_key = encryption_key
        self.access_logs = access_logs or access_log_bucket(
            self, "AccessLogs", perimeter=perimeter, removal_policy=removal_policy
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=self.access_logs,
            perimeter=perimeter.from_any_endpoint,
            lifecycle_rules=[
                s3.LifecycleRule(noncurrent_version_expiration=Duration.days(_OLD_VERSION_DAYS))
            ],
            removal_policy=removal_policy,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="The page is published from the deployment's own files, which any deployment can publish "
            "again",
        )

    def allow_distribution(self, distribution: cloudfront.IDistribution) -> None:
        """Let one distribution read the files, and nothing else.

        The bucket's policy names the distribution. The key's cannot, for the distribution names the bucket
        and the bucket the key: it admits CloudFront for distributions of this account.

        Args:
            distribution: A distribution whose S3 origin has an origin access control.
        """
        stack = Stack.of(self)
        any_of_ours = stack.format_arn(
            service="cloudfront",
            region="",
            resource="distribution",
            resource_name="*",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        cloud_front = iam.ServicePrincipal("cloudfront.amazonaws.com")
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                sid="ReadByTheDistribution",
                principals=[cloud_front],
                actions=["s3:GetObject"],
                resources=[self.bucket.arn_for_objects("*")],
                conditions={"StringEquals": {"aws:SourceArn": distribution.distribution_arn}},
            ),
        )
        self.encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="DecryptForDistributionsOfThisAccount",
                principals=[cloud_front],
                actions=["kms:Decrypt"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": any_of_ours},
                },
            ),
        )
