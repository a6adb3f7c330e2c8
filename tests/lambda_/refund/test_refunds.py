"""A refund is booked once per decision, never beyond the order, and for its tenant only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from refund.refunds import NoDecisionError, Refunds
from tool_calls.request import ToolRequest, ToolRequestError
from tool_registry import TOOLS, ArgumentsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ARGUMENTS: dict[str, Any] = {"order_id": "A-1001", "amount_cents": 4000, "currency": "EUR"}


def _request(approval_id: str | None = "approval-1", tenant: str = "acme", **changed: Any) -> ToolRequest:
    payload = {"tenant": tenant, "arguments": {**ARGUMENTS, **changed}, "approval_id": approval_id}
    return ToolRequest.from_payload(payload, TOOLS["refund"])


@pytest.fixture
def refunds(dynamodb: DynamoDBClient, table: str) -> Refunds:
    """An order of 100.00 EUR of acme."""
    dynamodb.put_item(
        TableName=table,
        Item={
            "pk": {"S": "A-1001"},
            "sk": {"S": "order"},
            "tenant": {"S": "acme"},
            "currency": {"S": "EUR"},
            "refundable_cents": {"N": "10000"},
        },
    )
    return Refunds(dynamodb, table)


def _left(refunds: Refunds) -> int:
    key = {"pk": {"S": "A-1001"}, "sk": {"S": "order"}}
    client: Any = refunds.client
    return int(client.get_item(TableName=refunds.table_name, Key=key)["Item"]["refundable_cents"]["N"])


def test_a_refund_is_booked(refunds: Refunds) -> None:
    assert refunds.run(_request())["status"] == "done"
    assert _left(refunds) == 6000


def test_the_same_decision_books_once_and_is_done_both_times(refunds: Refunds) -> None:
    assert [refunds.run(_request())["status"] for _ in range(3)] == ["done"] * 3
    assert _left(refunds) == 6000


def test_no_order_is_refunded_beyond_its_worth(refunds: Refunds) -> None:
    statuses = [refunds.run(_request(f"approval-{number}"))["status"] for number in range(4)]
    assert statuses == ["done", "done", "refused", "refused"]
    assert _left(refunds) == 2000


@pytest.mark.parametrize(
    "changed", [{"tenant": "globex"}, {"currency": "USD"}, {"order_id": "A-9999"}, {"amount_cents": 10_001}]
)
def test_what_does_not_fit_the_order_books_nothing(refunds: Refunds, changed: dict[str, Any]) -> None:
    assert refunds.run(_request(**changed))["status"] == "refused"
    assert _left(refunds) == 10_000


def test_without_a_decision_nothing_is_booked(refunds: Refunds) -> None:
    with pytest.raises(NoDecisionError):
        refunds.run(_request(None))
    assert _left(refunds) == 10_000


@pytest.mark.parametrize("payload", [None, {}, {"tenant": "a b"}, {"tenant": "acme", "approval_id": 7}])
def test_a_malformed_payload_is_refused(payload: object) -> None:
    with pytest.raises((ToolRequestError, ArgumentsError)):
        ToolRequest.from_payload(payload, TOOLS["refund"])
