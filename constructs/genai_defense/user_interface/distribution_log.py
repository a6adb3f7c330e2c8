"""Where CloudFront writes down who asked for what."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from genai_defense.data.private_bucket import PrivateBucket, acknowledge_one_region


class DistributionLog(Construct):
    """A private bucket for the access logs of a distribution, with an access log of its own.

    CloudFront delivers by a grant in the bucket's access control list, which is why this bucket alone admits
    such lists; blocked public access keeps them from opening it to anybody else. Each line holds address,
    path and query string, no header, no cookie and no body.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest. The log lets CloudFront's delivery service encrypt with it, so
            it must be created in this app.
        access_logs: Where S3 logs the accesses to it, such as `PageBucket.access_logs`.
        retention: How long a log file is kept, at least one day. Default: one year.
        removal_policy: What `cdk destroy` does to the bucket. Default: it stays.

    Attributes:
        bucket: The bucket.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        access_logs: s3.IBucket,
        retention: Duration = Duration.days(365),  # noqa: B008 - immutable
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowLogDelivery",
                principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
                actions=["kms:GenerateDataKey", "kms:Decrypt"],
                resources=["*"],  # in a key policy, "*" is this key
            ),
        )
        self.bucket = PrivateBucket(
            self,
            "Bucket",
            encryption_key=encryption_key,
            access_logs=access_logs,
            lifecycle_rules=[
                s3.LifecycleRule(expiration=retention, noncurrent_version_expiration=Duration.days(1))
            ],
            acl_delivery_because="CloudFront delivers this log by access control list, from an account of "
            "AWS outside ours: a line around the account would end the log. Blocked public access, TLS, the "
            "key and the two grants of the list are what keeps others out; page and API write nothing here.",
            removal_policy=removal_policy,
        )
        acknowledge_one_region(
            self.bucket,
            kept_by="The web ACL in front of the distribution logs the same requests a second time",
        )
