"""What each user has spent today."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import USER_TAG, key_through_tables, user_table


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
        self.table = user_table(self, encryption_key=encryption_key, removal_policy=removal_policy)

    def grant_read_of_caller(self, scope: Construct, construct_id: str, *, access: iam.IRole) -> None:
        """Let a role read the rows of the user whose id is its session's tag, and nobody else's.

        Args:
            scope: Where the policy is created, usually that of `access`.
            construct_id: Id below `scope`.
            access: A role that is assumed with the tag `user_id`, such as
                `ConversationTable.grant_rows_of_caller` makes.
        """
        iam.ManagedPolicy(
            scope,
            construct_id,
            roles=[access],
            statements=[
                iam.PolicyStatement(
                    sid="QuotaOfTheCaller",
                    actions=["dynamodb:GetItem"],
                    resources=[self.table.table_arn],
                    conditions={
                        "ForAllValues:StringEquals": {
                            "dynamodb:LeadingKeys": [f"user#${{aws:PrincipalTag/{USER_TAG}}}"]
                        }
                    },
                ),
                key_through_tables(self._encryption_key),
            ],
        )

    def grant_count(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` count rows up, and neither read, list nor delete them."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="CountQuota", actions=["dynamodb:UpdateItem"], resources=[self.table.table_arn]
            ),
            key_through_tables(self._encryption_key),
        )
