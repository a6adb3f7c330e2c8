"""What people should look at, and what they decided."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import key_through_tables, user_table


class ReviewTable(Construct):
    """A table of reviews: a user's feedback on an answer, or an answer that was not grounded in its sources.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (`review`), sort key `sk` (`<time>#<id>`), time to live in
            `expires_at` (seconds since 1970; one year); on-demand capacity, point-in-time recovery over 35
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

    def grant_take(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` put reviews in, and neither read nor change any."""
        self._grant(policy, "TakeReviews", "dynamodb:PutItem")

    def grant_review(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` list reviews and write decisions: for the role of your reviewers."""
        self._grant(policy, "DecideReviews", "dynamodb:Query", "dynamodb:UpdateItem")

    def _grant(self, policy: iam.ManagedPolicy, sid: str, *actions: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=[self.table.table_arn]),
            key_through_tables(self._encryption_key),
        )
