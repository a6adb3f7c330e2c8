"""The wait is started once per action and request, with what the policies allowed and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tool_registry import TOOLS
from tools.approval_starter import ApprovalStarter

if TYPE_CHECKING:
    from collections.abc import Callable

REFUND: dict[str, Any] = {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"}


class _States:
    def __init__(self, code: str | None = None) -> None:
        self._code = code
        self.started: list[dict[str, Any]] = []

    def start_execution(self, **request: Any) -> None:
        self.started.append(request)
        if self._code:
            raise ClientError({"Error": {"Code": self._code}}, "StartExecution")


def _start(client: Any, call: Any, arguments: dict[str, Any] | None = None) -> str:
    return ApprovalStarter(client, "arn").start(call, TOOLS["refund"], arguments or REFUND, "acme")


def test_it_starts_with_who_and_what(call: Callable[..., Any]) -> None:
    client = _States()
    approval_id = _start(client, call("refund", REFUND))
    (request,) = client.started
    assert (request["stateMachineArn"], request["name"]) == ("arn", approval_id)
    assert json.loads(request["input"]) == {
        "approval_id": approval_id,
        "tenant": "acme",
        "tool": "refund",
        "arguments": REFUND,
        "requester": "user-1",
        "requester_roles": ["support"],
    }


def test_the_same_action_twice_in_a_request_waits_once(call: Callable[..., Any]) -> None:
    first = _start(_States(), call("refund", REFUND))
    assert _start(_States("ExecutionAlreadyExists"), call("refund", REFUND)) == first
    assert _start(_States(), call("refund", REFUND), {**REFUND, "amount_cents": 1}) != first


def test_a_wait_that_cannot_be_started_is_an_error(call: Callable[..., Any]) -> None:
    with pytest.raises(ClientError):
        _start(_States("AccessDeniedException"), call("refund", REFUND))
