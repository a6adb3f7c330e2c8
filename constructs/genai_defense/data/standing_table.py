"""Who is warned, slowed or blocked."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import USER_TAG, key_through_tables, user_table


class StandingTable(Construct):
    """A table with a row per user who does not stand well, read by every function that serves a token.

    An access token outlives the end of its user's account by up to its lifetime. This row does not wait.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (`user#<sub>`), sort key `sk` (`standing`), time to live in
            `expires_at` (seconds since 1970; a block without an end has none); on-demand capacity,
            point-in-time recovery over 35 days.
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

    def grant_read(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read how a user stands, and neither list nor change it."""
        policy.add_statements(*self._read("user#*"))

    def grant_read_of_caller(self, scope: Construct, construct_id: str, *, access: iam.IRole) -> None:
        """Let a role read how the user stands whose id is its session's tag, and nobody else.

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
            statements=self._read(f"user#${{aws:PrincipalTag/{USER_TAG}}}"),
        )

    def _read(self, rows: str) -> list[iam.PolicyStatement]:
        return [
            iam.PolicyStatement(
                sid="ReadStanding",
                actions=["dynamodb:GetItem"],
                resources=[self.table.table_arn],
                conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [rows]}},
            ),
            key_through_tables(self._encryption_key, sid="KeyThroughTheStandingTable"),
        ]

    def grant_set(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` set how a user stands, and not put anybody back."""
        self._grant(policy, "SetStanding", "dynamodb:PutItem")

    def grant_restore(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` put users back, and set nobody's standing."""
        self._grant(policy, "RestoreStanding", "dynamodb:DeleteItem")

    def _grant(self, policy: iam.ManagedPolicy, sid: str, *actions: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=[self.table.table_arn]),
            key_through_tables(self._encryption_key, sid="KeyThroughTheStandingTable"),
        )
