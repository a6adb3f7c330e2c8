"""A broker around doubles that remember what they were asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from tool_calls import OrderResource, ToolResult, Verdict
from tools.broker import Broker
from tools.call import Call

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Doubles:
    """What stands around the broker.

    Args:
        verdict: What the policies say.
        result: What a tool answers.
    """

    verdict: Verdict = Verdict.ALLOWED
    result: ToolResult = field(default_factory=lambda: ToolResult("done", '{"status": "shipped"}'))
    asked: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    ran: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    started: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])

    def ask(self, *question: Any) -> Verdict:
        self.asked.append(question)
        return self.verdict

    def resource(self, order_id: str) -> OrderResource:
        return OrderResource(order_id=order_id, tenant="acme")

    def run(self, *call: Any) -> ToolResult:
        self.ran.append(call)
        return self.result

    def start(self, *call: Any) -> str:
        self.started.append(call)
        return "approval-1"

    @property
    def broker(self) -> Broker:
        double = cast("Any", self)
        return Broker(authoriser=double, orders=double, runner=double, approvals=double)


@pytest.fixture
def doubles() -> Doubles:
    """Everything allowed."""
    return Doubles()


@pytest.fixture
def call() -> Callable[..., Call]:
    """Makes a call of the order look-up, or of what is given."""

    def make(tool: object = "order_lookup", arguments: object = None, tenant: str | None = "acme") -> Call:
        given: object = {"order_id": "A-1001"} if arguments is None else arguments
        return Call.from_payload(
            {
                "request_id": "request-1",
                "user_id": "user-1",
                "roles": ["support"],
                "tenant": tenant,
                "tool": tool,
                "arguments": given,
            }
        )

    return make
