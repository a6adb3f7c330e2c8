"""Requests and tokens per user and UTC day, reserved atomically before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.outcome import FailedClosedError
from quota_rows import next_midnight, quota_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

_KEEP: Final = timedelta(hours=48)


class QuotaExceededError(Exception):
    """The user has nothing left until UTC midnight."""


class QuotaUnavailableError(FailedClosedError):
    """The table did not answer; without a reservation nothing is spent."""

    reason: ClassVar[str] = "QUOTA_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class Left:
    """What a user may still spend today.

    Args:
        requests: Requests, at least 0.
        tokens: Tokens, at least 0.
    """

    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """One request and its tokens, taken from the quota.

    Args:
        key: The row that they were taken from; a settlement after midnight still goes there.
        tokens: How many were reserved.
        left: What remains.
    """

    key: Mapping[str, str]
    tokens: int
    left: Left


def seconds_to_midnight(now: datetime) -> int:
    """Whole seconds until the quota starts anew, at least 1."""
    return max(1, int((next_midnight(now) - now).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The quota of all users.

    Args:
        client: DynamoDB, with short timeouts. It may retry: a reservation that is made twice takes more.
        settling_client: DynamoDB, with short timeouts and without retries: a settlement that is made twice
            gives back what was spent.
        table_name: The table.
        requests_per_day: Limit of requests.
        tokens_per_day: Limit of tokens.
    """

    client: DynamoDBClient
    settling_client: DynamoDBClient
    table_name: str
    requests_per_day: int
    tokens_per_day: int

    def reserve(self, user_id: str, tokens: int, now: datetime) -> Reservation:
        """Take one request and ``tokens`` tokens, or nothing, in one conditional write.

        Raises:
            QuotaExceededError: They do not fit.
            QuotaUnavailableError: The table did not answer.
        """
        room = self.tokens_per_day - tokens
        if room < 0:
            raise QuotaExceededError
        key = quota_key(user_id, now)
        try:
            left = self._update(
                self.client,
                key,
                UpdateExpression="SET #e = if_not_exists(#e, :e) ADD #r :one, #t :t",
                ConditionExpression="attribute_not_exists(#r) OR (#r < :requests AND #t <= :room)",
                ExpressionAttributeNames={"#e": "expires_at", "#r": "requests", "#t": "tokens"},
                ExpressionAttributeValues={
                    ":e": {"N": str(int((now + _KEEP).timestamp()))},
                    ":one": {"N": "1"},
                    ":t": {"N": str(tokens)},
                    ":requests": {"N": str(self.requests_per_day)},
                    ":room": {"N": str(room)},
                },
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException":
                raise QuotaExceededError from None
            raise QuotaUnavailableError("reserve") from error
        return Reservation(key, tokens, left)

    def pace(self, user_id: str, pause_seconds: int, now: datetime) -> int:
        """Take the one request that a slowed user has in so many seconds.

        Returns:
            0 when it was still there, otherwise in how many seconds there is another one.

        Raises:
            QuotaUnavailableError: The table did not answer.
        """
        slot, into = divmod(int(now.timestamp()), pause_seconds)
        key = {**quota_key(user_id, now), "sk": f"slot#{slot}"}
        try:
            self.client.update_item(
                TableName=self.table_name,
                Key={name: {"S": value} for name, value in key.items()},
                UpdateExpression="SET #e = :e",
                ConditionExpression="attribute_not_exists(#e)",
                ExpressionAttributeNames={"#e": "expires_at"},
                ExpressionAttributeValues={":e": {"N": str(int((now + _KEEP).timestamp()))}},
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException":
                return pause_seconds - into
            raise QuotaUnavailableError("pace") from error
        except BotoCoreError as error:
            raise QuotaUnavailableError("pace") from error
        return 0

    def settle(self, reservation: Reservation, spent: int) -> Left:
        """Replace the reserved tokens by those that were spent; the request stays spent.

        Raises:
            QuotaUnavailableError: The table did not answer; unless the write went through, the reservation
                stays spent. Do not try again.
        """
        try:
            return self._update(
                self.settling_client,
                reservation.key,
                UpdateExpression="ADD #t :t",
                ConditionExpression="attribute_exists(#r)",
                ExpressionAttributeNames={"#r": "requests", "#t": "tokens"},
                ExpressionAttributeValues={":t": {"N": str(spent - reservation.tokens)}},
            )
        except ClientError as error:
            raise QuotaUnavailableError("settle") from error

    def _update(self, client: DynamoDBClient, key: Mapping[str, str], **expressions: Any) -> Left:
        try:
            response = client.update_item(
                TableName=self.table_name,
                Key={name: {"S": value} for name, value in key.items()},
                ReturnValues="ALL_NEW",
                **expressions,
            )
            row = response["Attributes"]
            requests, tokens = (int(row[name].get("N", "")) for name in ("requests", "tokens"))
        except (BotoCoreError, KeyError, ValueError) as error:
            raise QuotaUnavailableError("update") from error
        return Left(max(0, self.requests_per_day - requests), max(0, self.tokens_per_day - tokens))
