"""The handler reads strictly and answers always."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from approvals import handler as module
from standing_rows import Gate, Standing, State, item_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from approvals.desk import Desk

APPROVAL_ID = "fab57d6e-2a84-548d-8e5a-634b2a6c4208"
_APPROVE = '{"decision": "approve"}'
_CLAIMS = {"sub": "user-2", "cognito:groups": "role-approver,tenant-acme"}


def _event(
    method: str = "GET", body: str | None = None, approval_id: str | None = None, **claims: Any
) -> Any:
    return {
        "httpMethod": method,
        "pathParameters": {"approval_id": approval_id} if approval_id else None,
        "body": body,
        "requestContext": {"authorizer": {"claims": {**_CLAIMS, **claims}}},
    }


class Standings:
    """Stands for the table of how users stand."""

    def __init__(self) -> None:
        self.item: dict[str, Any] | None = None
        self.error: Exception | None = None

    def get_item(self, **asked: Any) -> dict[str, Any]:
        assert asked["Key"] == {"pk": {"S": "user#user-2"}, "sk": {"S": "standing"}}
        if self.error:
            raise self.error
        return {"Item": self.item} if self.item else {}


@pytest.fixture(autouse=True)
def standings(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Standings:
    """The desk and the table behind the handler."""
    table = Standings()
    monkeypatch.setattr(module, "desk", lambda: desk)
    monkeypatch.setattr(module, "gate", lambda: Gate(lambda _user: cast("Any", table), "standing"))
    return table


def _answer(event: Any, context: LambdaContext) -> tuple[int, dict[str, Any]]:
    response = module.handler(event, context)
    assert response["headers"]["Cache-Control"] == "no-store"
    return response["statusCode"], json.loads(response["body"])


def test_the_list_is_answered(context: LambdaContext) -> None:
    status, body = _answer(_event(), context)
    assert (status, len(body["approvals"])) == (200, 1)


def test_a_decision_is_taken(context: LambdaContext, states: Any) -> None:
    status, body = _answer(_event("POST", '{"decision": "approve"}', APPROVAL_ID), context)
    assert (status, body["outcome"]) == (200, "approved")
    assert len(states.ended) == 1


@pytest.mark.parametrize(
    ("body", "approval_id"),
    [
        (None, APPROVAL_ID),
        ("", APPROVAL_ID),
        ("{", APPROVAL_ID),
        ("[]", APPROVAL_ID),
        ('{"decision": "Approve"}', APPROVAL_ID),
        ('{"decision": "approve", "as": "user-1"}', APPROVAL_ID),
        ('{"decision": ["approve"]}', APPROVAL_ID),
        ('{"decision": "approve"}', "../../orders"),
        ('{"decision": "approve"}', None),
    ],
)
def test_a_malformed_decision_is_none(
    context: LambdaContext, states: Any, body: str | None, approval_id: str | None
) -> None:
    status, answer = _answer(_event("POST", body, approval_id), context)
    assert (status, answer["outcome"]) == (400, "invalid")
    assert states.ended == []


@pytest.mark.parametrize(
    "claims", [{"sub": ""}, {"cognito:groups": "role-approver,tenant-acme,tenant-globex"}, {"sub": None}]
)
def test_a_caller_who_is_not_one_person_of_one_tenant_is_rejected(
    context: LambdaContext, claims: dict[str, Any]
) -> None:
    assert _answer(_event(**claims), context)[0] == 403


def test_whatever_breaks_is_answered_and_not_quoted(
    context: LambdaContext, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError("the-token")

    monkeypatch.setattr(module, "desk", fail)
    status, body = _answer(_event(), context)
    assert (status, body["outcome"]) == (503, "unavailable")
    assert "the-token" not in capsys.readouterr().out


@pytest.mark.parametrize("request_of", [_event, lambda: _event("POST", _APPROVE, APPROVAL_ID)])
def test_a_blocked_approver_sees_and_decides_nothing(
    context: LambdaContext, states: Any, standings: Standings, request_of: Any
) -> None:
    blocked = Standing(state=State.BLOCKED, until=0, pause_seconds=0, incident="i-1")
    standings.item = item_of("user-2", blocked)
    status, body = _answer(request_of(), context)
    assert (status, body["outcome"], body["reason"]) == (403, "blocked", "USER_BLOCKED")
    assert "approvals" not in body
    assert states.ended == []


@pytest.mark.parametrize("item", [None, {"standing_state": {"S": "friendly"}}])
def test_an_approver_of_whom_nobody_knows_how_they_stand_decides_nothing(
    context: LambdaContext, states: Any, standings: Standings, item: dict[str, Any] | None
) -> None:
    standings.item = item
    if item is None:
        standings.error = ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetItem")
    assert _answer(_event("POST", _APPROVE, APPROVAL_ID), context)[0] == 503
    assert states.ended == []
