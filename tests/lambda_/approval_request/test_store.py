"""What waits is kept with its token, for its time, and is not overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from approval_request.store import ApprovalRequests
from approved_action.store import DecidedApprovals
from tool_calls import ApprovalState
from tool_registry import ArgumentsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACTION: dict[str, Any] = {
    "approval_id": "approval-1",
    "tenant": "acme",
    "tool": "refund",
    "arguments": {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"},
    "requester": "user-1",
    "requester_roles": ["support"],
    "told": {"MessageId": "x"},
}


@pytest.fixture
def requests(dynamodb: DynamoDBClient, table: str) -> ApprovalRequests:
    """An hour to decide."""
    return ApprovalRequests(dynamodb, table, timedelta(hours=1), now=lambda: NOW)


def test_it_can_be_found_without_its_token(requests: ApprovalRequests) -> None:
    requests.store({"token": "the-token", "action": ACTION})
    approval = DecidedApprovals(requests.client, requests.table_name).find("acme", "approval-1")
    assert approval is not None
    assert (approval.state, approval.requester, approval.tool) == (ApprovalState.PENDING, "user-1", "refund")
    assert approval.deadline == int((NOW + timedelta(hours=1)).timestamp())
    assert approval.arguments == ACTION["arguments"]
    assert "the-token" not in repr(approval)


def test_it_is_not_found_for_another_tenant(requests: ApprovalRequests) -> None:
    requests.store({"token": "the-token", "action": ACTION})
    assert DecidedApprovals(requests.client, requests.table_name).find("globex", "approval-1") is None


def test_it_is_not_overwritten(requests: ApprovalRequests) -> None:
    requests.store({"token": "the-token", "action": ACTION})
    with pytest.raises(ClientError):
        requests.store({"token": "another", "action": {**ACTION, "requester": "user-9"}})


def test_arguments_that_break_the_registry_are_not_kept(requests: ApprovalRequests) -> None:
    with pytest.raises(ArgumentsError):
        requests.store({"token": "t", "action": {**ACTION, "arguments": {"order_id": "A-1001"}}})


def test_an_end_is_written_after_an_approval_only(requests: ApprovalRequests) -> None:
    requests.store({"token": "the-token", "action": ACTION})
    decided = DecidedApprovals(requests.client, requests.table_name)
    approval = decided.find("acme", "approval-1")
    assert approval is not None
    with pytest.raises(ClientError):
        decided.end(approval, ApprovalState.DONE)
