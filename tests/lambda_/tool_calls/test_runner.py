"""A tool's function is run once, by name, and its answer is an answer or a failure."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tool_calls import Runner, RunnerError
from tool_registry import TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Lambda:
    def __init__(self, body: bytes, **more: Any) -> None:
        self._answer = {"Payload": io.BytesIO(body), **more}
        self.asked: list[dict[str, Any]] = []

    def invoke(self, **request: Any) -> Mapping[str, Any]:
        self.asked.append(request)
        return self._answer


def _runner(client: Any) -> Runner:
    return Runner(client, {"order_lookup": "their-function"})


ARGUMENTS = {"order_id": "A-1001"}


def test_it_hands_over_tenant_and_arguments() -> None:
    client = _Lambda(b'{"status": "done", "content": "x"}')
    assert _runner(client).run(TOOLS["order_lookup"], "acme", ARGUMENTS).status == "done"
    (request,) = client.asked
    assert request["FunctionName"] == "their-function"
    assert json.loads(request["Payload"]) == {"tenant": "acme", "arguments": ARGUMENTS, "approval_id": None}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"status": "done"}',
        b'{"status": "ok", "content": "x"}',
        b'{"status": "done", "content": 7}',
        json.dumps({"status": "done", "content": "x" * 4001}).encode(),
    ],
)
def test_garbage_is_a_failure_and_quoted_nowhere(body: bytes) -> None:
    with pytest.raises(RunnerError, match=r"^garbage$"):
        _runner(_Lambda(body)).run(TOOLS["order_lookup"], "acme", ARGUMENTS)


def test_a_function_error_is_a_failure() -> None:
    with pytest.raises(RunnerError, match="function error"):
        _runner(_Lambda(b"{}", FunctionError="Unhandled")).run(TOOLS["order_lookup"], "acme", ARGUMENTS)


def test_a_tool_that_is_not_here_is_not_run() -> None:
    """The broker knows no function with effect, whatever it is asked."""
    client = _Lambda(b'{"status": "done", "content": "x"}')
    with pytest.raises(RunnerError, match="no function here"):
        _runner(client).run(TOOLS["refund"], "acme", {})
    assert client.asked == []
