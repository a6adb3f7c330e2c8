"""The broker is asked with the user's verified rights, and believed only when it is well-formed."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chat.completion import ToolCall
from chat.tools import NoTools, Status, ToolBroker, ToolOutcome

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

    from chat.turn import Turn

CALL = ToolCall("call-1", "look_up", {"order": "1234"})


class _Broker:
    """Stands for the Lambda client."""

    def __init__(self, body: bytes, status: int = 200, error: str | None = None) -> None:
        self.body, self.status, self.error = body, status, error
        self.raises: Exception | None = None
        self.calls: list[dict[str, Any]] = []

    def invoke(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        if self.raises is not None:
            raise self.raises
        failed = {"FunctionError": self.error} if self.error else {}
        return {"StatusCode": self.status, "Payload": io.BytesIO(self.body), **failed}


def _ask(broker: _Broker, turn: Turn) -> ToolOutcome:
    return ToolBroker(cast("LambdaClient", broker), "broker", []).call(turn, CALL)


def _said(**fields: Any) -> _Broker:
    return _Broker(json.dumps(fields).encode())


def test_the_broker_gets_exactly_what_the_contract_says(turn: Turn) -> None:
    broker = _said(status="done", content="Delivered.")
    assert _ask(broker, turn) == ToolOutcome(Status.DONE, "Delivered.")
    (call,) = broker.calls
    assert (call["FunctionName"], call["InvocationType"]) == ("broker", "RequestResponse")
    assert json.loads(call["Payload"]) == {
        "request_id": turn.request_id,
        "user_id": turn.user_id,
        "roles": ["support"],
        "tenant": "north",
        "tool": "look_up",
        "arguments": {"order": "1234"},
    }


def test_an_action_that_waits_names_its_approval(turn: Turn) -> None:
    broker = _said(status="waiting", content="", approval_id="a1b2-c3")
    assert _ask(broker, turn) == ToolOutcome(Status.WAITING, "", "a1b2-c3")


@pytest.mark.parametrize("status", ["refused", "failed"])
def test_a_no_is_a_no(status: str, turn: Turn) -> None:
    assert _ask(_said(status=status, content="", reason="NO_POLICY"), turn).status == status


@pytest.mark.parametrize(
    "broker",
    [
        _said(status="done"),
        _said(status="done", content=7),
        _said(status="DONE", content=""),
        _said(status=["done"], content=""),
        _said(content="x"),
        _said(status="waiting", content=""),
        _said(status="waiting", content="", approval_id="<img>"),
        _Broker(b"null"),
        _Broker(b"[]"),
        _Broker(b"<html>"),
        _Broker(b"[" * 100_000),
        _Broker(b'{"status":"done","content":"x"}', status=202),
        _Broker(b'{"status":"done","content":"x"}', error="Unhandled"),
    ],
)
def test_whatever_is_no_answer_is_a_failure(broker: _Broker, turn: Turn) -> None:
    assert _ask(broker, turn) == ToolOutcome(Status.FAILED)


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDeniedException"}}, "Invoke"),
        ReadTimeoutError(endpoint_url="https://lambda"),
    ],
)
def test_a_broker_that_does_not_answer_is_a_failure_and_not_asked_again(error: Exception, turn: Turn) -> None:
    broker = _said(status="done", content="x")
    broker.raises = error
    assert _ask(broker, turn) == ToolOutcome(Status.FAILED)
    assert len(broker.calls) == 1


def test_without_tools_none_is_offered_and_none_is_run(turn: Turn) -> None:
    assert list(NoTools().specs) == []
    assert NoTools().call(turn, CALL).status is Status.REFUSED
