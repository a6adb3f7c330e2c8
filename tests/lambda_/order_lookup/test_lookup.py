"""A look-up shows status, date and total of an order of the tenant, and nothing of anybody else's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from order_lookup.lookup import OrderLookup
from tool_calls import Orders
from tool_calls.request import ToolRequest
from tool_registry import TOOLS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _request(tenant: str = "acme", order_id: str = "A-1001") -> ToolRequest:
    payload = {"tenant": tenant, "arguments": {"order_id": order_id}}
    return ToolRequest.from_payload(payload, TOOLS["order_lookup"])


@pytest.fixture
def lookup(dynamodb: DynamoDBClient, table: str) -> OrderLookup:
    """An order of acme, with an address that nobody needs."""
    dynamodb.put_item(
        TableName=table,
        Item={
            "pk": {"S": "A-1001"},
            "sk": {"S": "order"},
            "tenant": {"S": "acme"},
            "order_status": {"S": "shipped"},
            "ordered_on": {"S": "2026-11-20"},
            "total_cents": {"N": "25000"},
            "currency": {"S": "EUR"},
            "address": {"S": "1 Main Street"},
        },
    )
    return OrderLookup(dynamodb, table)


def test_an_order_is_told_without_its_address(lookup: OrderLookup) -> None:
    answer = lookup.run(_request())
    assert answer["status"] == "done"
    assert json.loads(answer["content"]) == {
        "order_id": "A-1001",
        "status": "shipped",
        "ordered_on": "2026-11-20",
        "total_cents": 25000,
        "currency": "EUR",
    }


def test_another_tenants_order_and_no_order_look_alike(lookup: OrderLookup) -> None:
    assert lookup.run(_request(tenant="globex")) == lookup.run(_request(order_id="A-9999"))
    assert lookup.run(_request(tenant="globex"))["status"] == "refused"


def test_who_decides_sees_whose_an_order_is(lookup: OrderLookup) -> None:
    orders = Orders(lookup.client, lookup.table_name)
    assert orders.resource("A-1001").tenant == "acme"
    assert orders.resource("A-9999").tenant is None
