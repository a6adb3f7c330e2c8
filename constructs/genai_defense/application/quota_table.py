"""What each user has spent today."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct


class QuotaTable(Construct):
    """A table with one row per user and day, counted up by conditional updates only.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (`user#<sub>`), sort key `sk` (`day#2026-11-23`, UTC), time to
            live in `expires_at` (seconds since 1970); on-demand capacity, point-in-time recovery over 35
            days.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption_key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            deletion_protection=removal_policy is not RemovalPolicy.DESTROY,
            removal_policy=removal_policy,
        )

    def grant_count(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` count rows up, and neither read, list nor delete them."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="CountQuota", actions=["dynamodb:UpdateItem"], resources=[self.table.table_arn]
            ),
            iam.PolicyStatement(
                sid="KeyThroughTheQuotaTable",
                actions=["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
                resources=[self._encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "dynamodb.*.amazonaws.com"}},
            ),
        )
