"""The gate of every function that serves a user's token: who is blocked gets nothing, and silence is a no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from standing_rows.rows import Standing, StandingError, State, standing_key, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mypy_boto3_dynamodb import DynamoDBClient

USER_BLOCKED: Final = "USER_BLOCKED"
BLOCKED_MESSAGE: Final = (
    "Your access to the chatbot has been stopped after repeated attempts to misuse it. "
    "Ask its operators, and tell them the request_id."
)
BLOCKED_BODY: Final[Mapping[str, str]] = {
    "outcome": "blocked",
    "reason": USER_BLOCKED,
    "message": BLOCKED_MESSAGE,
}
"""What a blocked user gets, with 403."""


class BlockedUserError(Exception):
    """The user's access has been ended."""


def read_standing(client: DynamoDBClient, table_name: str, user_id: str) -> Standing | None:
    """How a user stands; None is well.

    Args:
        client: DynamoDB, with short timeouts.
        table_name: The standing table.
        user_id: The verified token's subject.

    Raises:
        StandingError: The table did not answer, or with a row that cannot be understood.
    """
    try:
        row = client.get_item(
            TableName=table_name,
            Key={name: {"S": value} for name, value in standing_key(user_id).items()},
            ConsistentRead=True,
        ).get("Item")
    except (BotoCoreError, ClientError) as error:
        raise StandingError("a standing cannot be read") from error
    return None if row is None else standing_of(row)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets in whoever is not blocked; a slowed user may still look at what is theirs.

    Args:
        connect: Makes a DynamoDB client that may read the row of this user.
        table_name: The standing table.
    """

    connect: Callable[[str], DynamoDBClient]
    table_name: str

    def check(self, user_id: str, now: datetime) -> None:
        """Return when the user may come in.

        Raises:
            BlockedUserError: They may not.
            Exception: Nobody knows how they stand, so they may not either; the handler answers 503.
        """
        standing = read_standing(self.connect(user_id), self.table_name, user_id)
        if standing is not None and standing.state is State.BLOCKED and standing.holds(now.timestamp()):
            raise BlockedUserError
