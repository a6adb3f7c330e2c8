"""One customer-managed key for one class of data."""

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct


class DataKey(kms.Key):
    """A customer-managed key that rotates every year and waits 30 days before it is gone.

    The key policy leaves the use of the key to the account's IAM policies, which `grant_*` write, and admits
    no principal from elsewhere.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        data_class: What the key protects, in a few words; becomes the key's description.
        removal_policy: What `cdk destroy` does to the key. Default: the key stays.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        data_class: str,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            description=data_class,
            enable_key_rotation=True,
            pending_window=Duration.days(30),
            removal_policy=removal_policy,
        )

    def allow_log_groups(self) -> None:
        """Let CloudWatch Logs encrypt with this key, for log groups of this account and Region only.

        Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (read
            2026-11-23).
        """
        stack = Stack.of(self)
        log_groups = f"arn:{Aws.PARTITION}:logs:{stack.region}:{stack.account}:log-group:*"
        self.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowLogGroupsOfThisAccount",
                principals=[iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
                actions=[
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                    "kms:GenerateDataKey",
                    "kms:DescribeKey",
                ],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
            ),
        )
