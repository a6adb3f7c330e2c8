"""The handler reads strictly and answers always."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from approvals import handler as module

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from approvals.desk import Desk

APPROVAL_ID = "fab57d6e-2a84-548d-8e5a-634b2a6c4208"
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


@pytest.fixture(autouse=True)
def _desk(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    monkeypatch.setattr(module, "desk", lambda: desk)


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
