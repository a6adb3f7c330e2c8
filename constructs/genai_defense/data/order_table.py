"""The sample order book: what the sample tools read and book on."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.data.user_table import key_through_tables, reading, user_table

OWNER_ATTRIBUTES = ("pk", "sk", "tenant")
# What lambda/order_lookup reads; a test keeps the two alike.
LOOKUP_ATTRIBUTES = (*OWNER_ATTRIBUTES, "order_status", "ordered_on", "total_cents", "currency")


class OrderTable(Construct):
    """A table of orders that starts empty. Each grant opens one narrow thing.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        removal_policy: What `cdk destroy` does to the table. Default: the table stays and is protected
            against deletion.

    Attributes:
        table: The table. Partition key `pk` (order id), sort key `sk` (`order`), attributes `tenant`,
            `order_status`, `ordered_on`, `total_cents`, `refundable_cents` and `currency`; on-demand
            capacity, point-in-time recovery over 35 days.
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

    def grant_read_owner(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` see whose an order is, and nothing else of it."""
        self._grant_read(policy, "ReadOwnersOfOrders", OWNER_ATTRIBUTES)

    def grant_look_up(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read status, date and total of orders."""
        self._grant_read(policy, "LookUpOrders", LOOKUP_ATTRIBUTES)

    def grant_book(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` change orders, and neither read, list, add nor delete them."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="BookOnOrders", actions=["dynamodb:UpdateItem"], resources=[self.table.table_arn]
            ),
            key_through_tables(self._encryption_key),
        )

    def _grant_read(self, policy: iam.ManagedPolicy, sid: str, attributes: Sequence[str]) -> None:
        policy.add_statements(
            reading(self.table, sid=sid, attributes=attributes), key_through_tables(self._encryption_key)
        )
