"""The store of the conversations: reads and writes with the credentials of the user whose rows they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversation_rows import list_key, title_of, turn_key, turns_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    from chat.turn import Turn
    from user_session import SessionCredentials, UserCredentials


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier turn.

    Args:
        message: What the user said.
        answer: What the model answered.
    """

    message: str
    answer: str


@dataclass(frozen=True, slots=True)
class Conversations:
    """Reads and stores turns.

    Args:
        credentials: Gives the session of a user.
        connect: Makes a DynamoDB client that acts with a session.
        table_name: Partition key ``pk`` (the user id alone, as the role's policy compares it), sort key
            ``sk``; see ``conversation_rows``.
        keep: How long a turn lives; the table's TTL then removes it.
    """

    credentials: UserCredentials
    connect: Callable[[SessionCredentials], DynamoDBClient]
    table_name: str
    keep: timedelta

    def recent(self, turn: Turn, count: int) -> Sequence[PastTurn]:
        """The last turns of the conversation, oldest first.

        Args:
            turn: Names user and conversation.
            count: Most turns to read; 0 reads nothing.
        """
        if count == 0:
            return ()
        rows = self._client(turn).query(
            TableName=self.table_name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :conversation)",
            ExpressionAttributeValues={
                ":pk": {"S": turn.user_id},
                ":conversation": {"S": turns_prefix(turn.conversation_id)},
            },
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=count,
        )["Items"]
        return [PastTurn(_string(row["message"]), _string(row["answer"])) for row in reversed(rows)]

    def store(self, turn: Turn, answer: str, now: datetime) -> None:
        """Keep an answered turn until ``now + keep``, and the conversation in the user's list as long.

        The list comes first: a turn that the list does not lead to could not be deleted by its user.
        """
        client = self._client(turn)
        expires = {"N": str(int((now + self.keep).timestamp()))}
        client.update_item(
            TableName=self.table_name,
            Key={"pk": {"S": turn.user_id}, "sk": {"S": list_key(turn.conversation_id)}},
            UpdateExpression="SET title = if_not_exists(title, :title), updated_at = :now, expires_at = :end",
            ExpressionAttributeValues={
                ":title": {"S": title_of(turn.message)},
                ":now": {"S": now.isoformat(timespec="microseconds")},
                ":end": expires,
            },
        )
        client.put_item(
            TableName=self.table_name,
            Item={
                "pk": {"S": turn.user_id},
                "sk": {"S": turn_key(turn.conversation_id, now, turn.request_id)},
                "message": {"S": turn.message},
                "answer": {"S": answer},
                "expires_at": expires,
            },
        )

    def _client(self, turn: Turn) -> DynamoDBClient:
        return self.connect(self.credentials.of(turn.user_id))


def _string(attribute: AttributeValueTypeDef) -> str:
    if "S" not in attribute:
        raise ValueError(
            "A stored turn holds something that is no string. Only this function may write the table."
        )
    return attribute["S"]
