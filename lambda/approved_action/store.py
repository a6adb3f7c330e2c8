"""The approvals that a human has decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tool_calls import Approval, ApprovalState
from tool_calls.approval import partition, visible_query

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DecidedApprovals:
    """Reads an approval and writes how it ended.

    Args:
        client: DynamoDB.
        table_name: The approval table.
    """

    client: DynamoDBClient
    table_name: str

    def find(self, tenant: str, approval_id: str) -> Approval | None:
        """One approval of the tenant; None when it has no such."""
        values = {":tenant": partition(tenant), ":id": approval_id}
        query = visible_query("#pk = :tenant AND #sk = :id", values)
        items = self.client.query(TableName=self.table_name, **query)["Items"]
        return Approval.from_item(items[0]) if items else None

    def end(self, approval: Approval, state: ApprovalState) -> None:
        """Write how it ended: DONE or FAILED.

        Raises:
            botocore.exceptions.ClientError: The table did not answer, or it was not approved any more.
        """
        self.client.update_item(
            TableName=self.table_name,
            Key={"pk": {"S": partition(approval.tenant)}, "sk": {"S": approval.approval_id}},
            UpdateExpression="SET #state = :state",
            ConditionExpression="#state = :approved",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={
                ":state": {"S": state},
                ":approved": {"S": ApprovalState.APPROVED},
            },
        )
