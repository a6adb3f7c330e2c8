"""The desk: only an approver, of the same tenant, never on an own request, once, in time."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from approvals.request import Decision, DecisionRequest
from tool_calls import Person, Verdict

if TYPE_CHECKING:
    from approvals.desk import Desk

APPROVAL_ID = "fab57d6e-2a84-548d-8e5a-634b2a6c4208"
APPROVE, REFUSE = (DecisionRequest(APPROVAL_ID, word) for word in Decision)


def test_an_approver_sees_what_waits_and_no_token(desk: Desk, approver: Person) -> None:
    reply = desk.waiting(approver)
    (entry,) = reply.fields["approvals"]
    assert entry["approval_id"] == APPROVAL_ID
    assert entry["arguments"] == {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"}
    assert entry["own_request"] is False
    assert "token" not in json.dumps(reply.fields)


@pytest.mark.parametrize(
    "person",
    [
        Person(user_id="user-2", roles=(), tenant="acme"),
        Person(user_id="user-2", roles=("support",), tenant="acme"),
        Person(user_id="user-2", roles=("approver",), tenant=None),
    ],
)
def test_nobody_else_sees_or_decides(desk: Desk, person: Person, states: Any) -> None:
    assert desk.waiting(person).status == 403
    assert desk.decide(person, APPROVE).status == 403
    assert states.ended == []


def test_an_approval_lets_the_action_go_on(desk: Desk, approver: Person, states: Any) -> None:
    reply = desk.decide(approver, APPROVE)
    assert (reply.status, reply.fields["outcome"]) == (200, "approved")
    (ended,) = states.ended
    assert ended["taskToken"] == "the-token"
    assert json.loads(ended["output"]) == {"approval_id": APPROVAL_ID}


def test_a_refusal_ends_it(desk: Desk, approver: Person, states: Any) -> None:
    assert desk.decide(approver, REFUSE).fields["outcome"] == "refused"
    assert states.ended == [{"taskToken": "the-token", "error": "Refused"}]
    assert desk.waiting(approver).fields["approvals"] == []


def test_who_asked_cannot_decide_even_if_a_policy_let_him(desk: Desk, states: Any) -> None:
    requester = Person(user_id="user-1", roles=("approver",), tenant="acme")
    assert desk.decide(requester, APPROVE).status == 409
    assert desk.waiting(requester).fields["approvals"][0]["own_request"] is True
    assert states.ended == []


@pytest.mark.parametrize(("verdict", "status"), [(Verdict.DENIED, 403), (Verdict.UNAVAILABLE, 503)])
def test_without_a_yes_of_the_policies_nothing_is_decided(
    desk: Desk, approver: Person, policies: Any, verdict: Verdict, status: int
) -> None:
    policies.verdict = verdict
    assert desk.decide(approver, APPROVE).status == status
    # Nothing was taken down: somebody who may can still refuse.
    policies.verdict = Verdict.ALLOWED
    assert desk.decide(approver, REFUSE).status == 200


def test_another_tenants_approval_does_not_exist(desk: Desk, states: Any) -> None:
    stranger = Person(user_id="user-2", roles=("approver",), tenant="globex")
    assert desk.waiting(stranger).fields["approvals"] == []
    assert desk.decide(stranger, APPROVE).status == 404
    assert states.ended == []


@pytest.mark.parametrize("second", [APPROVE, REFUSE])
def test_one_decision_only(desk: Desk, approver: Person, states: Any, second: DecisionRequest) -> None:
    desk.decide(approver, APPROVE)
    states.fault = "TaskDoesNotExist"
    other = dataclasses.replace(approver, user_id="user-3")
    assert desk.decide(other, second).status == 409
    assert desk.decide(approver, second).status == 409
    assert len(states.ended) == 1


def test_a_decision_that_did_not_arrive_can_be_made_again_by_the_same_person(
    desk: Desk, approver: Person, states: Any
) -> None:
    states.fault = "ThrottlingException"
    with pytest.raises(ClientError):
        desk.decide(approver, APPROVE)
    states.fault = None
    assert desk.decide(approver, REFUSE).status == 409
    assert desk.decide(approver, APPROVE).status == 200
    assert len(states.ended) == 1


def test_after_its_time_nobody_decides(desk: Desk, approver: Person, states: Any) -> None:
    late = dataclasses.replace(desk, now=lambda: desk.now() + timedelta(hours=1))
    assert late.waiting(approver).fields["approvals"] == []
    assert late.decide(approver, APPROVE).status == 409
    assert states.ended == []


def test_the_policies_hear_of_tool_and_amount(desk: Desk, approver: Person, policies: Any) -> None:
    desk.decide(approver, APPROVE)
    ((person, action, resource, context),) = policies.asked
    assert (person, action) == (approver, "approve")
    assert (resource.tenant, resource.requester) == ("acme", "user-1")
    assert context == {"tool": "refund", "amount_cents": 5000}
