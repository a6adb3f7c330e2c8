"""The rows of one user: listed, read and deleted with credentials that reach no other rows."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from conversation_rows import LIST_PREFIX, list_key, turns_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mypy_boto3_dynamodb import DynamoDBClient

    from user_session import SessionCredentials, UserCredentials

LISTED: Final = 50
"""Most conversations of one answer."""
TURNS: Final = 20
"""Most turns of one answer: 20 times 16 KB of message and 32 KB of answer stay below Lambda's 6 MB."""
_MAX_PAGES: Final = 40
_DELETED_AT_ONCE: Final = 100
_WORKERS: Final = 8
DELETE_SECONDS: Final = 15.0
"""So long one call deletes; what is left then, the next call deletes."""


class UnfinishedError(Exception):
    """More rows than one call can delete; the next call deletes on."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows as the API shows them.

    Args:
        items: The rows.
        older: ``before`` of the next call, when there is more.
    """

    items: Sequence[Mapping[str, str]]
    older: str | None


@dataclass(frozen=True, slots=True)
class OwnConversations:
    """Conversations of whoever asks.

    Args:
        credentials: Gives the session of a user.
        connect: Makes a DynamoDB client that acts with a session.
        table_name: The table; see ``conversation_rows``.
        clock: Never goes back, in seconds.
    """

    credentials: UserCredentials
    connect: Callable[[SessionCredentials], DynamoDBClient]
    table_name: str
    clock: Callable[[], float] = time.monotonic

    def listed(self, user_id: str, now: datetime, before: str | None) -> Page:
        """The newest conversations, newest first; expired ones are gone even while their rows stand."""
        rows = self._rows(
            user_id,
            "begins_with(sk, :from)",
            {":from": LIST_PREFIX},
            FilterExpression="expires_at > :now",
            ProjectionExpression="sk, title, updated_at",
            now=now,
        )
        found = [
            {
                "conversation_id": row["sk"]["S"].removeprefix(LIST_PREFIX),
                "title": row["title"]["S"],
                "updated_at": _shown(row["updated_at"]["S"]),
            }
            for row in rows
        ]
        newest = sorted(
            (row for row in found if before is None or row["updated_at"] < before),
            key=lambda row: row["updated_at"],
            reverse=True,
        )
        page = newest[:LISTED]
        return Page(page, page[-1]["updated_at"] if len(newest) > LISTED else None)

    def turns(self, user_id: str, conversation_id: str, now: datetime, before: str | None) -> Page:
        """The newest turns of one conversation, oldest first."""
        prefix = turns_prefix(conversation_id)
        # "~" sorts behind every character of a time.
        last = prefix + (_stored(before) if before else "~")
        rows = self._rows(
            user_id,
            "sk BETWEEN :from AND :to",
            {":from": prefix, ":to": last},
            FilterExpression="expires_at > :now",
            ScanIndexForward=False,
            now=now,
        )
        found = [next(rows, None) for _ in range(TURNS + 1)]
        shown = [
            {
                "message": row["message"]["S"],
                "answer": row["answer"]["S"],
                "time": _shown(row["sk"]["S"].removeprefix(prefix).split("#", 1)[0]),
            }
            for row in found
            if row is not None
        ]
        page = shown[:TURNS][::-1]
        return Page(page, page[0]["time"] if len(shown) > TURNS else None)

    def exists(self, user_id: str, conversation_id: str) -> bool:
        """Whether the user has this conversation."""
        key = {":from": list_key(conversation_id)}
        return next(self._rows(user_id, "sk = :from", key, ProjectionExpression="sk"), None) is not None

    def delete(self, user_id: str, conversation_id: str) -> None:
        """Delete all turns and then the conversation's row in the list; again is the same.

        A turn that is being answered meanwhile may stay until it expires, in the list or out of it.

        Raises:
            UnfinishedError: Time is over; the list still leads to what is left.
        """
        client = self.connect(self.credentials.of(user_id))
        self._delete(client, user_id, turns_prefix(conversation_id))
        self._remove(client, user_id, list_key(conversation_id))

    def delete_all(self, user_id: str) -> None:
        """Delete every row of the user; again is the same.

        Turns go before the list, so that what is left is still listed. A turn that is being answered
        meanwhile may stay until it expires.

        Raises:
            UnfinishedError: Time is over; the next call deletes on.
        """
        self._delete(self.connect(self.credentials.of(user_id)), user_id, "")

    def _delete(self, client: DynamoDBClient, user_id: str, prefix: str) -> None:
        deadline = self.clock() + DELETE_SECONDS
        with ThreadPoolExecutor(_WORKERS) as workers:
            while keys := self._some_keys(client, user_id, prefix):
                if self.clock() > deadline:
                    raise UnfinishedError
                for done in [workers.submit(self._remove, client, user_id, key) for key in keys]:
                    done.result()

    def _remove(self, client: DynamoDBClient, user_id: str, sort_key: str) -> None:
        client.delete_item(TableName=self.table_name, Key={"pk": {"S": user_id}, "sk": {"S": sort_key}})

    def _some_keys(self, client: DynamoDBClient, user_id: str, prefix: str) -> list[str]:
        # DynamoDB compares with no empty text.
        condition, values = (" AND begins_with(sk, :from)", {":from": {"S": prefix}}) if prefix else ("", {})
        rows = client.query(
            TableName=self.table_name,
            KeyConditionExpression=f"pk = :pk{condition}",
            ExpressionAttributeValues={":pk": {"S": user_id}, **values},
            ProjectionExpression="sk",
            ConsistentRead=True,
            Limit=_DELETED_AT_ONCE,
        )["Items"]
        return [row["sk"].get("S", "") for row in rows]

    def _rows(
        self,
        user_id: str,
        condition: str,
        values: Mapping[str, str],
        *,
        now: datetime | None = None,
        **expressions: Any,
    ) -> Iterator[dict[str, Any]]:
        client: Any = self.connect(self.credentials.of(user_id))
        typed: dict[str, Any] = {
            ":pk": {"S": user_id},
            **{name: {"S": text} for name, text in values.items()},
        }
        if now is not None:
            typed[":now"] = {"N": str(int(now.timestamp()))}
        for _ in range(_MAX_PAGES):
            page = client.query(
                TableName=self.table_name,
                KeyConditionExpression=f"pk = :pk AND {condition}",
                ExpressionAttributeValues=typed,
                ConsistentRead=True,
                **expressions,
            )
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            expressions["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _shown(time_of_row: str) -> str:
    """A time as the API shows it: a plus would become a blank in a query."""
    return time_of_row.removesuffix("+00:00") + "Z"


def _stored(shown: str) -> str:
    return shown.removesuffix("Z") + "+00:00"
