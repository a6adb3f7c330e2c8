"""Actions that wait for a human, and what became of them."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import key_through_tables, reading, user_table

# What may be read of an approval: everything but the task token (lambda/tool_calls/approval.py; a test keeps
# the two alike).
VISIBLE_ATTRIBUTES = (
    "pk",
    "sk",
    "state",
    "tool",
    "arguments",
    "requester",
    "requester_roles",
    "requested_at",
    "deadline",
    "decided_by",
    "decider_roles",
)


class ApprovalTable(Construct):
    """A table of approvals. A task token gets out only to who takes a decision down.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (`tenant#<tenant>`), sort key `sk` (approval id), time to live in
            `expires_at` (seconds since 1970; 30 days after the last moment to decide); on-demand capacity,
            point-in-time recovery over 35 days.

    Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (read
        2026-11-24).
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

    def grant_ask(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` put approvals in, and neither read nor change them."""
        self._grant(policy, "AskForApproval", "dynamodb:PutItem")

    def grant_decide(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read approvals without their token, and take decisions down."""
        self._grant_read(policy)
        self._grant(policy, "Decide", "dynamodb:UpdateItem")

    def grant_finish(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read approvals without their token, and write how they ended."""
        self._grant_read(policy)
        self._grant(policy, "Finish", "dynamodb:UpdateItem")

    def _grant_read(self, policy: iam.ManagedPolicy) -> None:
        policy.add_statements(reading(self.table, sid="ReadApprovals", attributes=VISIBLE_ATTRIBUTES))

    def _grant(self, policy: iam.ManagedPolicy, sid: str, action: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=[action], resources=[self.table.table_arn]),
            key_through_tables(self._encryption_key),
        )
