"""What the tables of user data have in common."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge

USER_TAG = "user_id"
"""Session tag that binds rows to their user; the functions set it when they assume a role."""


def user_table(
    scope: Construct, *, encryption_key: kms.IKey, removal_policy: RemovalPolicy
) -> dynamodb.Table:
    """A table with keys `pk` and `sk` that encrypts, expires and can be restored.

    On-demand capacity, point-in-time recovery over 35 days, time to live in `expires_at` (seconds since
    1970). It is protected against deletion unless `removal_policy` is DESTROY.
    """
    table = dynamodb.Table(
        scope,
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
    if removal_policy is RemovalPolicy.DESTROY:
        acknowledge_deletable(table)
    return table


def acknowledge_deletable(table: dynamodb.Table) -> None:
    """Say why a table lets itself be deleted."""
    acknowledge(
        table,
        "OwaspLlm-TableIsProtectedFromDeletion",
        reason="The profile says that `cdk destroy` takes the data along (deletable), which a protected "
        "table would prevent. Point-in-time recovery is on: DynamoDB keeps a backup for 35 days of a table "
        "that is deleted. Profiles that keep data protect it.",
    )


def key_through_tables(encryption_key: kms.IKey, *, sid: str = "KeyThroughTheTable") -> iam.PolicyStatement:
    """The use of the key that DynamoDB makes for a caller, and no other use."""
    return iam.PolicyStatement(
        sid=sid,
        actions=["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
        resources=[encryption_key.key_arn],
        conditions={"StringLike": {"kms:ViaService": "dynamodb.*.amazonaws.com"}},
    )


def reading(table: dynamodb.ITable, *, sid: str, attributes: Sequence[str]) -> iam.PolicyStatement:
    """Queries of the table that name what they want, and want nothing but these attributes.

    A query without `Select=SPECIFIC_ATTRIBUTES` would get whole rows, so `dynamodb:Select` is required.
    """
    return iam.PolicyStatement(
        sid=sid,
        actions=["dynamodb:Query"],
        resources=[table.table_arn],
        conditions={
            "StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
            "ForAllValues:StringEquals": {"dynamodb:Attributes": list(attributes)},
        },
    )
