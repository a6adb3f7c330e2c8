"""Keeps an action that waits, with the token that ends the wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from tool_calls import Approval, ApprovalState
from tool_registry import tool_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

KEEP_AFTER_DEADLINE: Final = timedelta(days=30)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ApprovalRequests:
    """Writes pending approvals.

    Args:
        client: DynamoDB.
        table_name: The approval table.
        wait: How long a human may take; the state machine ends the wait after the same time.
        now: Clock, UTC.
    """

    client: DynamoDBClient
    table_name: str
    wait: timedelta
    now: Callable[[], datetime] = _utc_now

    def store(self, payload: Mapping[str, Any]) -> None:
        """Keep a pending approval; an approval id that is there already is not overwritten.

        Args:
            payload: ``token``, and ``action`` as the broker started it.

        Raises:
            KeyError, ValueError: The payload is not what the state machine sends.
            botocore.exceptions.ClientError: The table did not take it. Nobody can approve then, and the
                wait ends as a refusal.
        """
        action = cast("Mapping[str, Any]", payload["action"])
        now = self.now()
        deadline = now + self.wait
        approval = Approval(
            approval_id=action["approval_id"],
            tenant=action["tenant"],
            state=ApprovalState.PENDING,
            tool=action["tool"],
            arguments=tool_named(action["tool"]).check(action["arguments"]),
            requester=action["requester"],
            requester_roles=tuple(action["requester_roles"]),
            requested_at=int(now.timestamp()),
            deadline=int(deadline.timestamp()),
        )
        self.client.put_item(
            TableName=self.table_name,
            Item={
                **approval.item(),
                "task_token": {"S": payload["token"]},
                "expires_at": {"N": str(int((deadline + KEEP_AFTER_DEADLINE).timestamp()))},
            },
            ConditionExpression="attribute_not_exists(pk)",
        )
