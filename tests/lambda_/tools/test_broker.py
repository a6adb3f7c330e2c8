"""The broker: nothing runs that is not in the registry, in its bounds, and allowed; effects wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tool_calls import ToolResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

REFUND: dict[str, Any] = {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"}


def test_an_allowed_look_up_runs(doubles: Any, call: Callable[..., Any]) -> None:
    outcome = doubles.broker.handle(call())
    assert outcome.as_payload() == {"status": "done", "content": '{"status": "shipped"}'}
    ((tool, tenant, arguments),) = doubles.ran
    assert (tool.name, tenant, arguments) == ("order_lookup", "acme", {"order_id": "A-1001"})


def test_an_allowed_refund_waits_and_runs_nothing(doubles: Any, call: Callable[..., Any]) -> None:
    outcome = doubles.broker.handle(call("refund", REFUND))
    assert outcome.status == "waiting"
    assert outcome.as_payload()["approval_id"] == "approval-1"
    assert "approval-1" in outcome.content
    assert doubles.ran == []


def test_the_policies_hear_who_what_and_how_much(doubles: Any, call: Callable[..., Any]) -> None:
    doubles.broker.handle(call("refund", REFUND))
    ((person, action, order, context),) = doubles.asked
    assert (person.user_id, person.roles, person.tenant) == ("user-1", ("support",), "acme")
    assert (action, order.order_id, order.tenant) == ("refund", "A-1001", "acme")
    assert context == {"amount_cents": 5000, "currency": "EUR"}


@pytest.mark.parametrize("tool", ["order_lookup", "refund"])
@pytest.mark.parametrize(
    ("verdict", "reason"),
    [(Verdict.DENIED, "NOT_AUTHORISED"), (Verdict.UNAVAILABLE, "AUTHORISATION_UNAVAILABLE")],
)
def test_without_a_yes_nothing_happens(
    tool: str, verdict: Verdict, reason: str, doubles: Any, call: Callable[..., Any]
) -> None:
    doubles.verdict = verdict
    outcome = doubles.broker.handle(call(tool, REFUND if tool == "refund" else None))
    assert (outcome.status, outcome.reason) == ("refused", reason)
    assert doubles.ran == doubles.started == []


def test_nobody_without_a_tenant_gets_anything(doubles: Any, call: Callable[..., Any]) -> None:
    """Even if a policy of tomorrow allowed it."""
    outcome = doubles.broker.handle(call(tenant=None))
    assert outcome.reason == "NOT_AUTHORISED"
    assert doubles.ran == []


@pytest.mark.parametrize("tool", ["delete_orders", "", None, {"name": "refund"}])
def test_an_unknown_tool_is_refused_before_anybody_is_asked(
    tool: object, doubles: Any, call: Callable[..., Any]
) -> None:
    outcome = doubles.broker.handle(call(tool))
    assert (outcome.status, outcome.reason) == ("refused", "UNKNOWN_TOOL")
    assert "delete_orders" not in outcome.content
    assert doubles.asked == []


@pytest.mark.parametrize("change", [{"amount_cents": 0}, {"tenant": "globex"}, {"approved_by": "me"}])
def test_bad_arguments_are_refused_before_anybody_is_asked(
    change: dict[str, Any], doubles: Any, call: Callable[..., Any]
) -> None:
    outcome = doubles.broker.handle(call("refund", {**REFUND, **change}))
    assert outcome.reason == "BAD_ARGUMENTS"
    assert doubles.asked == []


def test_a_tool_may_say_no_itself(doubles: Any, call: Callable[..., Any]) -> None:
    doubles.result = ToolResult("refused", "There is no such order.")
    outcome = doubles.broker.handle(call())
    assert (outcome.status, outcome.reason) == ("refused", "TOOL_REFUSED")
