"""Responses: security headers on each, no CORS, a text for each reason."""

from __future__ import annotations

import json

import pytest

from guardrail import responses
from guardrail.outcome import Outcome
from guardrail.responses import Reply
from guardrail_engine import Reason

REPLIES = {
    200: Reply(Outcome.ANSWERED, {"answer": "x"}),
    422: responses.refused("PROMPT_INJECTION"),
    429: responses.quota_exceeded(60),
    503: responses.unavailable(),
    400: responses.invalid("no JSON"),
}


def test_every_outcome_has_a_status_of_its_own() -> None:
    assert responses.STATUS.keys() == set(Outcome)
    assert len(set(responses.STATUS.values())) == len(Outcome)


@pytest.mark.parametrize(("status", "reply"), REPLIES.items())
def test_every_response_has_its_status_the_security_headers_and_no_cors(status: int, reply: Reply) -> None:
    response = reply.as_proxy_response("request-1")
    assert response["statusCode"] == status
    headers = response["headers"]
    assert headers["Content-Type"].startswith("application/json")
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert response["isBase64Encoded"] is False


@pytest.mark.parametrize("reply", REPLIES.values())
def test_every_body_names_outcome_and_request(reply: Reply) -> None:
    body = json.loads(reply.as_proxy_response("request-1")["body"])
    assert (body["outcome"], body["request_id"]) == (reply.outcome, "request-1")


def test_what_may_work_later_says_when_to_come_back() -> None:
    said = {
        status: reply.as_proxy_response("r")["headers"].get("Retry-After")
        for status, reply in REPLIES.items()
    }
    assert said == {200: None, 422: None, 429: "60", 503: "60", 400: None}


def test_every_reason_of_the_engine_but_a_failure_has_a_text() -> None:
    engine_reasons = {reason.value for reason in Reason} - {"DETECTOR_FAILED"}
    assert responses.REASONS.keys() == engine_reasons | {"MODEL_GUARDRAIL"}


@pytest.mark.parametrize("text", responses.REASONS.values())
def test_every_text_says_what_is_wrong_and_what_to_do(text: str) -> None:
    assert text.count(".") >= 2


def test_lone_surrogates_travel_as_escapes() -> None:
    body = Reply(Outcome.ANSWERED, {"answer": "\ud800"}).as_proxy_response("r")["body"]
    assert body.isascii()
