"""What a human approved is done after everything was asked once more, and once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, cast

import pytest

from approved_action.execution import AuthorisationUnavailableError, Execution
from tool_calls import Approval, ApprovalState, OrderResource, ToolResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

APPROVED = Approval(
    approval_id="approval-1",
    tenant="acme",
    state=ApprovalState.APPROVED,
    tool="refund",
    arguments={"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"},
    requester="user-1",
    requester_roles=("support",),
    requested_at=0,
    deadline=1,
    decided_by="user-2",
    decider_roles=("approver",),
)


class Doubles:
    """What stands around the execution."""

    def __init__(self, approval: Approval | None, verdicts: Sequence[Verdict] = ()) -> None:
        self.approval = approval
        self.verdicts = list(verdicts)
        self.asked: list[tuple[Any, ...]] = []
        self.ran: list[tuple[Any, ...]] = []
        self.ended: list[ApprovalState] = []
        self.result = ToolResult("done", "booked")

    def find(self, _tenant: str, _approval_id: str) -> Approval | None:
        return self.approval

    def end(self, _approval: Approval, state: ApprovalState) -> None:
        self.ended.append(state)

    def ask(self, *question: Any) -> Verdict:
        self.asked.append(question)
        return self.verdicts.pop(0) if self.verdicts else Verdict.ALLOWED

    def resource(self, order_id: str) -> OrderResource:
        return OrderResource(order_id=order_id, tenant="acme")

    def run(self, *call: Any) -> ToolResult:
        self.ran.append(call)
        return self.result

    def execute(self) -> Any:
        double = cast("Any", self)
        return Execution(double, double, double, double).run("acme", "approval-1")


def test_an_approved_action_is_done_under_its_approval() -> None:
    doubles = Doubles(APPROVED)
    assert doubles.execute() == {"status": "done"}
    ((tool, tenant, arguments, approval_id),) = doubles.ran
    assert (tool.name, tenant, approval_id) == ("refund", "acme", "approval-1")
    assert arguments == APPROVED.arguments
    assert doubles.ended == [ApprovalState.DONE]


def test_both_who_asked_and_who_approved_are_judged_again() -> None:
    doubles = Doubles(APPROVED)
    doubles.execute()
    assert [(question[0].user_id, question[1]) for question in doubles.asked] == [
        ("user-1", "refund"),
        ("user-2", "approve"),
    ]


@pytest.mark.parametrize("state", [ApprovalState.PENDING, ApprovalState.REFUSED, ApprovalState.FAILED])
def test_what_no_human_approved_is_not_done(state: ApprovalState) -> None:
    """The state machine's word alone is not enough."""
    doubles = Doubles(dataclasses.replace(APPROVED, state=state))
    assert doubles.execute()["reason"] == "NOT_APPROVED"
    assert doubles.ran == []


@pytest.mark.parametrize("approval", [None, dataclasses.replace(APPROVED, tool="delete_orders")])
def test_an_approval_of_nothing_is_not_done(approval: Approval | None) -> None:
    doubles = Doubles(approval)
    assert doubles.execute()["status"] == "refused"
    assert doubles.ran == []


def test_what_is_done_is_not_done_again() -> None:
    doubles = Doubles(dataclasses.replace(APPROVED, state=ApprovalState.DONE))
    assert doubles.execute() == {"status": "done"}
    assert (doubles.ran, doubles.ended) == ([], [])


@pytest.mark.parametrize("verdicts", [(Verdict.DENIED, Verdict.ALLOWED), (Verdict.ALLOWED, Verdict.DENIED)])
def test_a_permission_that_is_gone_stops_it_for_good(verdicts: Sequence[Verdict]) -> None:
    doubles = Doubles(APPROVED, verdicts)
    assert doubles.execute()["reason"] == "NOT_AUTHORISED"
    assert doubles.ran == []
    assert doubles.ended == [ApprovalState.FAILED]


def test_without_an_answer_of_the_policies_it_is_tried_again() -> None:
    doubles = Doubles(APPROVED, (Verdict.UNAVAILABLE, Verdict.ALLOWED))
    with pytest.raises(AuthorisationUnavailableError):
        doubles.execute()
    assert (doubles.ran, doubles.ended) == ([], [])


def test_an_approval_without_a_name_under_it_is_none() -> None:
    doubles = Doubles(dataclasses.replace(APPROVED, decided_by=None))
    assert doubles.execute()["status"] == "refused"
    assert doubles.ran == []


def test_a_tool_that_says_no_ends_it() -> None:
    doubles = Doubles(APPROVED)
    doubles.result = ToolResult("refused", "not that much left")
    assert doubles.execute()["reason"] == "TOOL_REFUSED"
    assert doubles.ended == [ApprovalState.FAILED]
