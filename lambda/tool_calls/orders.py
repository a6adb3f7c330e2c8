"""Whose an order is: all that a decision needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tool_calls.entities import OrderResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SORT_KEY: Final = "order"


@dataclass(frozen=True, slots=True)
class Orders:
    """Reads the tenant of orders, and may read nothing else of them.

    Args:
        client: DynamoDB.
        table_name: Partition key ``pk`` (order id), sort key ``sk`` (``order``).
    """

    client: DynamoDBClient
    table_name: str

    def resource(self, order_id: str) -> OrderResource:
        """The order with its tenant, or without one when there is no such order.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
            botocore.exceptions.BotoCoreError: The same.
        """
        rows = self.client.query(
            TableName=self.table_name,
            KeyConditionExpression="pk = :order AND sk = :kind",
            ExpressionAttributeValues={":order": {"S": order_id}, ":kind": {"S": SORT_KEY}},
            # The role admits these attributes, and a query only, which has to name them.
            ProjectionExpression="pk, sk, tenant",
            Select="SPECIFIC_ATTRIBUTES",
            ConsistentRead=True,
        )["Items"]
        tenant = rows[0].get("tenant", {}).get("S") if rows else None
        return OrderResource(order_id=order_id, tenant=tenant or None)
