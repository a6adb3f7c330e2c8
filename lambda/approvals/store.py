"""The approvals of a tenant, and the one write that takes a decision down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tool_calls import Approval, ApprovalState, Person
from tool_calls.approval import partition, visible_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

_LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Approvals:
    """Reads and decides.

    Args:
        client: DynamoDB.
        table_name: The approval table.
    """

    client: DynamoDBClient
    table_name: str

    def waiting(self, tenant: str, now: int) -> Sequence[Approval]:
        """What the tenant can still decide on, oldest first, at most 200.

        Args:
            tenant: Whose.
            now: Seconds since 1970.
        """
        query = visible_query("#pk = :tenant", {":tenant": partition(tenant)})
        found: list[Approval] = []
        pages = self.client.get_paginator("query").paginate(TableName=self.table_name, **query)
        for page in pages:
            rows = [Approval.from_item(item) for item in page["Items"]]
            found += [row for row in rows if row.state is ApprovalState.PENDING and now < row.deadline]
            if len(found) >= _LONGEST_LIST:
                break
        return sorted(found, key=lambda row: row.requested_at)[:_LONGEST_LIST]

    def find(self, tenant: str, approval_id: str) -> Approval | None:
        """One approval of the tenant; None when it has no such."""
        values = {":tenant": partition(tenant), ":id": approval_id}
        query = visible_query("#pk = :tenant AND #sk = :id", values)
        items = self.client.query(TableName=self.table_name, **query)["Items"]
        return Approval.from_item(items[0]) if items else None

    def decide(self, approval: Approval, decider: Person, state: ApprovalState, now: int) -> str | None:
        """Take the decision down, if nobody decided before.

        The same person may make the same decision again, so that one which did not reach the state machine
        can be sent once more.

        Args:
            approval: What is decided on.
            decider: Who decides.
            state: APPROVED or REFUSED.
            now: Seconds since 1970.

        Returns:
            The task token that ends the wait, or None when it is too late.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        try:
            answer = self.client.update_item(
                TableName=self.table_name,
                Key={"pk": {"S": partition(approval.tenant)}, "sk": {"S": approval.approval_id}},
                UpdateExpression="SET #state = :state, decided_by = :me, decider_roles = :roles, "
                "decided_at = if_not_exists(decided_at, :now)",
                ConditionExpression="requester <> :me AND deadline > :now AND "
                "(#state = :pending OR (#state = :state AND decided_by = :me))",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={
                    ":state": {"S": state},
                    ":pending": {"S": ApprovalState.PENDING},
                    ":me": {"S": decider.user_id},
                    ":roles": {"S": json.dumps(list(decider.roles))},
                    ":now": {"N": str(now)},
                },
                ReturnValues="ALL_NEW",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return None
        return answer["Attributes"]["task_token"].get("S")
