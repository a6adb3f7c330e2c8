"""An approval that waits in a real table, a Step Functions that remembers, policies that answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from approval_request.store import ApprovalRequests
from approvals.desk import Desk
from approvals.store import Approvals
from tool_calls import Person, Verdict

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
APPROVAL_ID = "fab57d6e-2a84-548d-8e5a-634b2a6c4208"
ACTION: dict[str, Any] = {
    "approval_id": APPROVAL_ID,
    "tenant": "acme",
    "tool": "refund",
    "arguments": {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"},
    "requester": "user-1",
    "requester_roles": ["support", "approver"],
}


class States:
    """Remembers who ended which wait, or raises."""

    def __init__(self) -> None:
        self.ended: list[dict[str, Any]] = []
        self.fault: str | None = None

    def _end(self, request: dict[str, Any]) -> None:
        if self.fault:
            raise ClientError({"Error": {"Code": self.fault}}, "SendTask")
        self.ended.append(request)

    def send_task_success(self, **request: Any) -> None:
        self._end(request)

    def send_task_failure(self, **request: Any) -> None:
        self._end(request)


class Policies:
    """Answers one verdict."""

    def __init__(self) -> None:
        self.verdict = Verdict.ALLOWED
        self.asked: list[tuple[Any, ...]] = []

    def ask(self, *question: Any) -> Verdict:
        self.asked.append(question)
        return self.verdict


@pytest.fixture
def states() -> States:
    """Waits can be ended."""
    return States()


@pytest.fixture
def policies() -> Policies:
    """Everything allowed."""
    return Policies()


@pytest.fixture
def waiting(dynamodb: DynamoDBClient, table: str) -> str:
    """A table in which one refund of acme waits for an hour."""
    requests = ApprovalRequests(dynamodb, table, timedelta(hours=1), now=lambda: NOW)
    requests.store({"token": "the-token", "action": ACTION})
    return table


@pytest.fixture
def desk(dynamodb: DynamoDBClient, waiting: str, states: States, policies: Policies) -> Desk:
    """The desk, five minutes later."""
    return Desk(
        Approvals(dynamodb, waiting),
        cast("Any", policies),
        cast("Any", states),
        now=lambda: NOW + timedelta(minutes=5),
    )


@pytest.fixture
def approver() -> Person:
    """Another one than who asked."""
    return Person(user_id="user-2", roles=("approver",), tenant="acme")
