"""Books a refund on an order: once per decision, never more than the order is worth, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tool_calls.orders import SORT_KEY

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from mypy_boto3_dynamodb import DynamoDBClient

    from tool_calls.request import ToolRequest

_DONE: Final = {"status": "done", "content": "The refund is booked."}
_REFUSED: Final = {
    "status": "refused",
    "content": "The refund is not possible: the order is not the tenant's, has another currency, or has not "
    "that much left to refund.",
}


class NoDecisionError(ValueError):
    """A refund was asked for without the human's decision."""


@dataclass(frozen=True, slots=True)
class Refunds:
    """Books refunds.

    Args:
        client: DynamoDB.
        table_name: The order table; ``refundable_cents`` is what an order has left.
    """

    client: DynamoDBClient
    table_name: str

    def run(self, request: ToolRequest) -> dict[str, Any]:
        """Book it. The same decision a second time changes nothing and is reported as done.

        Raises:
            NoDecisionError: No human has decided.
            botocore.exceptions.ClientError: The table did not answer; nothing is known then, and the same
                call may be made again.
        """
        if request.approval_id is None:
            raise NoDecisionError("A refund needs approval_id. Only the execution may call this one.")
        try:
            self._book(request, request.approval_id)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            booked = _decisions(error)
            return dict(_DONE if request.approval_id in booked else _REFUSED)
        return dict(_DONE)

    def _book(self, request: ToolRequest, approval_id: str) -> None:
        """One write decides and books, so that two of them cannot both pass."""
        self.client.update_item(
            TableName=self.table_name,
            Key={"pk": {"S": str(request.arguments["order_id"])}, "sk": {"S": SORT_KEY}},
            UpdateExpression="SET refundable_cents = refundable_cents - :amount ADD refunds :decision",
            ConditionExpression="tenant = :tenant AND currency = :currency AND refundable_cents >= :amount "
            "AND NOT contains(refunds, :approval)",
            ExpressionAttributeValues={
                ":amount": {"N": str(request.arguments["amount_cents"])},
                ":currency": {"S": str(request.arguments["currency"])},
                ":tenant": {"S": request.tenant},
                ":approval": {"S": approval_id},
                ":decision": {"SS": [approval_id]},
            },
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )


def _decisions(error: ClientError) -> frozenset[str]:
    """The decisions that were booked on the order already."""
    order: dict[str, Any] = getattr(error, "response", {}).get("Item", {})
    return frozenset(order.get("refunds", {}).get("SS", ()))
