"""Who did what how often in a window of time: distinct ids in a row, added atomically."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from response_rows.plan import count_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_COUNTED: Final = 1000
"""So many ids a row holds at most, which is 40 KB or so and more than any threshold."""
_KEEP_SECONDS: Final = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Counted:
    """What a window and the one before hold.

    Args:
        total: How many were counted.
        ids: The evidence.
    """

    total: int
    ids: tuple[str, ...]


NOTHING: Final = Counted(0, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counters in the response table.

    An id counts once, however often its event comes, so that a repeated delivery counts nothing twice; and
    the row is the evidence as well.

    Args:
        client: DynamoDB.
        table_name: The response table.
        window_seconds: Length of a window; windows begin at whole multiples since 1970.
    """

    client: DynamoDBClient
    table_name: str
    window_seconds: int

    def add(self, counter: str, subject: str, evidence: str, time: int, weight: int = 1) -> Counted:
        """Count one id, and return all of its window and of the one before.

        Whoever attacks while a window ends would be seen in none of the two otherwise.

        Args:
            counter: What is counted.
            subject: Of whom.
            evidence: The id.
            time: When it happened, seconds since 1970.
            weight: How many it stands for.

        Raises:
            botocore.exceptions.ClientError: The table did not take it.
        """
        window = time // self.window_seconds
        key = count_key(counter, subject, window)
        row: Any
        try:
            row = self.client.update_item(
                TableName=self.table_name,
                Key=key,
                UpdateExpression="ADD #ids :ids, #total :weight SET #expires = :expires",
                ConditionExpression="attribute_not_exists(#ids) OR "
                "(NOT contains(#ids, :id) AND size(#ids) < :most)",
                ExpressionAttributeNames={"#ids": "ids", "#total": "total", "#expires": "expires_at"},
                ExpressionAttributeValues={
                    ":ids": {"SS": [evidence]},
                    ":id": {"S": evidence},
                    ":weight": {"N": str(weight)},
                    ":expires": {"N": str(time + _KEEP_SECONDS)},
                    ":most": {"N": str(MOST_COUNTED)},
                },
                ReturnValues="ALL_NEW",
            )["Attributes"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            row = self._row(key)
        now, before = _counted(row), _counted(self._row(count_key(counter, subject, window - 1)))
        both = set(now.ids) & set(before.ids)
        ids = tuple(sorted({*now.ids, *before.ids}))
        return Counted(now.total + before.total - len(both), ids)

    def _row(self, key: dict[str, Any]) -> Any:
        answer: Any = self.client.get_item(TableName=self.table_name, Key=key, ConsistentRead=True)
        return answer.get("Item")


def _counted(row: Any) -> Counted:
    return Counted(int(row["total"]["N"]), tuple(row["ids"]["SS"])) if row else NOTHING
