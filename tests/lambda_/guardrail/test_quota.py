"""The quota: atomic under concurrency on a real table, closed when the table is not there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from guardrail.quota import (
    Left,
    Quota,
    QuotaExceededError,
    QuotaUnavailableError,
    Reservation,
    seconds_to_midnight,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)
WORKERS = 50


def _quota(client: DynamoDBClient, table: str, *, requests: int = 10, tokens: int = 1000) -> Quota:
    return Quota(
        client=client,
        settling_client=client,
        table_name=table,
        requests_per_day=requests,
        tokens_per_day=tokens,
    )


def _row(client: DynamoDBClient, table: str, user: str = "u", day: str = "2026-11-23") -> dict[str, Any]:
    key = {"pk": {"S": f"user#{user}"}, "sk": {"S": f"day#{day}"}}
    return cast("dict[str, Any]", client.get_item(TableName=table, Key=key).get("Item", {}))


def test_a_reservation_takes_one_request_and_its_tokens(dynamodb: DynamoDBClient, table: str) -> None:
    reservation = _quota(dynamodb, table).reserve("u", 300, NOW)
    assert reservation.left == Left(9, 700)
    row = _row(dynamodb, table)
    assert (row["requests"]["N"], row["tokens"]["N"]) == ("1", "300")
    assert int(row["expires_at"]["N"]) == int((NOW + timedelta(hours=48)).timestamp())


def test_the_last_request_fits_and_the_next_one_does_not(dynamodb: DynamoDBClient, table: str) -> None:
    quota = _quota(dynamodb, table, requests=2)
    quota.reserve("u", 1, NOW)
    assert quota.reserve("u", 1, NOW).left.requests == 0
    with pytest.raises(QuotaExceededError):
        quota.reserve("u", 1, NOW)
    assert _row(dynamodb, table)["requests"]["N"] == "2"


def test_tokens_fit_to_the_last_one(dynamodb: DynamoDBClient, table: str) -> None:
    quota = _quota(dynamodb, table)
    quota.reserve("u", 400, NOW)
    assert quota.reserve("u", 600, NOW).left.tokens == 0
    with pytest.raises(QuotaExceededError):
        quota.reserve("u", 1, NOW)


def test_a_first_request_that_is_too_large_is_not_taken(dynamodb: DynamoDBClient, table: str) -> None:
    with pytest.raises(QuotaExceededError):
        _quota(dynamodb, table).reserve("u", 1001, NOW)
    assert _row(dynamodb, table) == {}


def test_users_and_days_are_apart(dynamodb: DynamoDBClient, table: str) -> None:
    quota = _quota(dynamodb, table, requests=1)
    quota.reserve("u", 1, NOW)
    quota.reserve("v", 1, NOW)
    quota.reserve("u", 1, NOW + timedelta(hours=6))
    assert _row(dynamodb, table, day="2026-11-24")["requests"]["N"] == "1"


@pytest.mark.parametrize(
    ("requests", "tokens", "granted"), [(20, 1_000_000, 20), (1000, 1000, 10)], ids=["requests", "tokens"]
)
def test_concurrent_reservations_never_exceed_the_quota(
    dynamodb: DynamoDBClient, table: str, requests: int, tokens: int, granted: int
) -> None:
    quota = _quota(dynamodb, table, requests=requests, tokens=tokens)

    def reserve(_: int) -> bool:
        try:
            quota.reserve("u", 100, NOW)
        except QuotaExceededError:
            return False
        return True

    with ThreadPoolExecutor(WORKERS) as pool:
        outcomes = list(pool.map(reserve, range(WORKERS)))
    assert sum(outcomes) == granted
    row = _row(dynamodb, table)
    assert (row["requests"]["N"], row["tokens"]["N"]) == (str(granted), str(granted * 100))


@pytest.mark.parametrize(("spent", "left"), [(0, 1000), (250, 750), (900, 100), (1200, 0)])
def test_a_settlement_replaces_the_reservation(
    dynamodb: DynamoDBClient, table: str, spent: int, left: int
) -> None:
    quota = _quota(dynamodb, table)
    reservation = quota.reserve("u", 500, NOW)
    assert quota.settle(reservation, spent) == Left(9, left)
    assert _row(dynamodb, table)["tokens"]["N"] == str(spent)


def test_what_was_overspent_counts_against_the_next_request(dynamodb: DynamoDBClient, table: str) -> None:
    quota = _quota(dynamodb, table)
    quota.settle(quota.reserve("u", 500, NOW), 1200)
    with pytest.raises(QuotaExceededError):
        quota.reserve("u", 1, NOW)


class _Counting:
    """Stands for a DynamoDB client; counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def update_item(self, **_arguments: Any) -> dict[str, Any]:
        self.calls += 1
        return {"Attributes": {"requests": {"N": "1"}, "tokens": {"N": "1"}}}


def test_only_a_settlement_goes_through_the_client_that_never_retries() -> None:
    """A retry of its negative ADD, after an answer that was lost, would give back twice."""
    retrying, once = _Counting(), _Counting()
    quota = Quota(
        client=cast("DynamoDBClient", retrying),
        settling_client=cast("DynamoDBClient", once),
        table_name="quota",
        requests_per_day=10,
        tokens_per_day=1000,
    )
    reservation = quota.reserve("u", 500, NOW)
    assert (retrying.calls, once.calls) == (1, 0)
    quota.settle(reservation, 0)
    assert (retrying.calls, once.calls) == (1, 1)


def test_a_settlement_needs_its_reservation(dynamodb: DynamoDBClient, table: str) -> None:
    """A row that expired or never was does not come into being with negative tokens."""
    reservation = Reservation({"pk": "user#u", "sk": "day#2026-11-23"}, 500, Left(1, 1))
    with pytest.raises(QuotaUnavailableError):
        _quota(dynamodb, table).settle(reservation, 0)
    assert _row(dynamodb, table) == {}


class _Broken:
    """Stands for a DynamoDB client that fails or answers nonsense."""

    def __init__(self, result: Exception | dict[str, Any]) -> None:
        self.result = result

    def update_item(self, **_arguments: Any) -> dict[str, Any]:
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.mark.parametrize(
    "result",
    [
        ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, "UpdateItem"),
        ClientError({}, "UpdateItem"),
        EndpointConnectionError(endpoint_url="https://dynamodb"),
        {},
        {"Attributes": {}},
        {"Attributes": {"requests": {"N": "1"}, "tokens": {"S": "x"}}},
    ],
    ids=["server error", "no code", "unreachable", "empty", "no attributes", "wrong type"],
)
def test_a_table_that_does_not_answer_grants_nothing(result: Exception | dict[str, Any]) -> None:
    quota = _quota(cast("DynamoDBClient", _Broken(result)), "quota")
    with pytest.raises(QuotaUnavailableError):
        quota.reserve("u", 1, NOW)
    with pytest.raises(QuotaUnavailableError):
        quota.settle(Reservation({"pk": "a", "sk": "b"}, 1, Left(1, 1)), 1)


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001 - hypothesis wants it naive
def test_midnight_is_at_most_a_day_away(now: datetime) -> None:
    assert 1 <= seconds_to_midnight(now) <= 86_400


def test_midnight_is_where_it_is() -> None:
    assert seconds_to_midnight(NOW) == 6 * 3600
    assert seconds_to_midnight(NOW.replace(hour=23, minute=59, second=59, microsecond=999_999)) == 1
