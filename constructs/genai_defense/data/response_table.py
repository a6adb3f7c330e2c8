"""What the responder counts, does and may still do."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import key_through_tables, user_table


class ResponseTable(Construct):
    """A table of counters, of what is in force, and of how much may still be done this hour.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (`attacks#<user>`, `action#disable_user`, `limit#…`), sort key
            `sk` (`window#…`, the subject, `period#…`), time to live in `expires_at` (seconds since 1970; 90
            days after the last count); on-demand capacity, point-in-time recovery over 35 days.
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

    def grant_count(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` count and read single counters."""
        self._grant(policy, "Count", "dynamodb:GetItem", "dynamodb:UpdateItem")

    def grant_act(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` take note of actions and see what is in force, and forget nothing."""
        self._grant(policy, "NoteActions", "dynamodb:Query", "dynamodb:UpdateItem")

    def grant_restore(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` forget counters and actions, and add none."""
        self._grant(policy, "ForgetActions", "dynamodb:DeleteItem", "dynamodb:Query")

    def _grant(self, policy: iam.ManagedPolicy, sid: str, *actions: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=[self.table.table_arn]),
            key_through_tables(self._encryption_key, sid="KeyThroughTheResponseTable"),
        )
