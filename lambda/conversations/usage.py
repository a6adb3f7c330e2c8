"""What the caller has left today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quota_rows import next_midnight, quota_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mypy_boto3_dynamodb import DynamoDBClient

    from user_session import SessionCredentials, UserCredentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Reads the quota row of a user, with credentials that reach no other row.

    Args:
        credentials: Gives the session of a user.
        connect: Makes a DynamoDB client that acts with a session.
        table_name: The quota table; see ``quota_rows``.
        requests_per_day: Limit of requests.
        tokens_per_day: Limit of tokens.
    """

    credentials: UserCredentials
    connect: Callable[[SessionCredentials], DynamoDBClient]
    table_name: str
    requests_per_day: int
    tokens_per_day: int

    def of(self, user_id: str, now: datetime) -> dict[str, Any]:
        """``remaining`` and ``limit`` of requests and tokens, and ``resets_at``."""
        limit = {"requests": self.requests_per_day, "tokens": self.tokens_per_day}
        row = (
            self.connect(self.credentials.of(user_id))
            .get_item(
                TableName=self.table_name,
                Key={name: {"S": value} for name, value in quota_key(user_id, now).items()},
                ConsistentRead=True,
            )
            .get("Item", {})
        )
        spent = {name: int(row[name].get("N", "")) if name in row else 0 for name in limit}
        return {
            "remaining": {name: max(0, limit[name] - spent[name]) for name in limit},
            "limit": limit,
            "resets_at": f"{next_midnight(now):%Y-%m-%dT%H:%M:%SZ}",
        }
