"""Reads one order of one tenant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tool_calls.orders import SORT_KEY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from tool_calls.request import ToolRequest

ATTRIBUTES: Final = ("pk", "sk", "tenant", "order_status", "ordered_on", "total_cents", "currency")
"""What a look-up may read: neither names nor addresses."""
_NO_ORDER: Final = {"status": "refused", "content": "There is no such order."}


@dataclass(frozen=True, slots=True)
class OrderLookup:
    """Answers look-ups.

    Args:
        client: DynamoDB.
        table_name: The order table.
    """

    client: DynamoDBClient
    table_name: str

    def run(self, request: ToolRequest) -> dict[str, Any]:
        """The order as JSON, when it is the tenant's.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        rows = self.client.query(
            TableName=self.table_name,
            KeyConditionExpression="pk = :order AND sk = :kind",
            # The policies decided already; the tenant is a condition here as well.
            FilterExpression="tenant = :tenant",
            ExpressionAttributeValues={
                ":order": {"S": str(request.arguments["order_id"])},
                ":kind": {"S": SORT_KEY},
                ":tenant": {"S": request.tenant},
            },
            ProjectionExpression=", ".join(ATTRIBUTES),
            Select="SPECIFIC_ATTRIBUTES",
            ConsistentRead=True,
        )["Items"]
        if not rows:
            return dict(_NO_ORDER)
        (order,) = rows
        known = {
            "order_id": order["pk"].get("S"),
            "status": order.get("order_status", {}).get("S"),
            "ordered_on": order.get("ordered_on", {}).get("S"),
            "total_cents": int(order.get("total_cents", {}).get("N", "0")),
            "currency": order.get("currency", {}).get("S"),
        }
        return {"status": "done", "content": json.dumps(known)}
