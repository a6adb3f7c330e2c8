"""What is in force, and how much may still be done this hour: rows of the response table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient

    from response_rows import Action, ActionKind

_KEEP_SECONDS: Final = 90 * 24 * 3600
_HELD: Final = "ConditionalCheckFailedException"


def action_key(kind: ActionKind, subject: str) -> dict[str, Any]:
    """Key of the row that says what is in force against a subject."""
    return {"pk": {"S": f"action#{kind.value}"}, "sk": {"S": subject}}


@dataclass(frozen=True, slots=True)
class Held:
    """What is in force.

    Args:
        until: When it ends by itself, seconds since 1970; 0: only by an operator.
        incident: What began it.
    """

    until: int
    incident: str

    def holds(self, now: int) -> bool:
        """Whether it still counts."""
        return self.until == 0 or now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Takes note of actions, atomically.

    Args:
        client: DynamoDB.
        table_name: The response table.
    """

    client: DynamoDBClient
    table_name: str

    def begin(self, action: Action, incident: str, now: int, until: int) -> bool:
        """Note that an action begins; False when it is in force already, by another incident.

        The same incident may begin again what it began before it broke.

        Args:
            action: What begins.
            incident: By which incident.
            now: Seconds since 1970.
            until: When its effect ends by itself; 0 when only operators end it.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        return self._conditional(
            Key=action_key(action.kind, action.subject),
            UpdateExpression="SET #incident = :incident, #began = :now, #until = :until, #e = :e",
            ConditionExpression="attribute_not_exists(#incident) OR #incident = :incident OR "
            "(#until > :zero AND #until <= :now)",
            ExpressionAttributeNames={
                "#incident": "incident",
                "#began": "began",
                "#until": "until",
                "#e": "expires_at",
            },
            ExpressionAttributeValues={
                ":incident": {"S": incident},
                ":now": {"N": str(now)},
                ":until": {"N": str(until)},
                ":zero": {"N": "0"},
                ":e": {"N": str(max(now, until) + _KEEP_SECONDS)},
            },
        )

    def take_slot(self, kind: ActionKind, subject: str, *, period: int, most: int, now: int) -> bool:
        """Take one of the few actions of a kind in a period for a subject; False when none is left.

        Args:
            kind: Of which kind.
            subject: For whom; the same subject takes one slot.
            period: Length of the period in seconds.
            most: How many there are; with 0, nobody gets one.
            now: Seconds since 1970.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        if most < 1:
            return False
        return self._conditional(
            Key={"pk": {"S": f"limit#{kind.value}"}, "sk": {"S": f"period#{now // period:012d}"}},
            UpdateExpression="ADD #subjects :one SET #e = :e",
            ConditionExpression="contains(#subjects, :subject) OR attribute_not_exists(#subjects) OR "
            "size(#subjects) < :most",
            ExpressionAttributeNames={"#subjects": "subjects", "#e": "expires_at"},
            ExpressionAttributeValues={
                ":one": {"SS": [subject]},
                ":subject": {"S": subject},
                ":most": {"N": str(most)},
                ":e": {"N": str(now + period + _KEEP_SECONDS)},
            },
        )

    def in_force(self, kind: ActionKind) -> dict[str, Held]:
        """What is in force of a kind, by subject.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        found: dict[str, Held] = {}
        start: dict[str, Any] = {}
        while True:
            page: Any = self.client.query(
                TableName=self.table_name,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": f"action#{kind.value}"}},
                ConsistentRead=True,
                **start,
            )
            found |= {
                row["sk"]["S"]: Held(int(row["until"]["N"]), row["incident"]["S"]) for row in page["Items"]
            }
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def end(self, kind: ActionKind, subject: str) -> None:
        """Note that an action is over.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        self.client.delete_item(TableName=self.table_name, Key=action_key(kind, subject))

    def end_at(self, kind: ActionKind, subject: str, until: int) -> bool:
        """Note that an action is over that was to end then; False when it has been begun again meanwhile.

        Raises:
            botocore.exceptions.ClientError: The table did not answer.
        """
        return self._tried(
            self.client.delete_item,
            Key=action_key(kind, subject),
            ConditionExpression="attribute_not_exists(pk) OR #until = :until",
            ExpressionAttributeNames={"#until": "until"},
            ExpressionAttributeValues={":until": {"N": str(until)}},
        )

    def _conditional(self, **arguments: Any) -> bool:
        return self._tried(self.client.update_item, **arguments)

    def _tried(self, call: Callable[..., object], **arguments: Any) -> bool:
        try:
            call(TableName=self.table_name, **arguments)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == _HELD:
                return False
            raise
        return True
