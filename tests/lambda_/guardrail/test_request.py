"""Reading the event: what breaks the schema is 400 with advice, and never repeats what was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from function_environment.limits import MESSAGE_CHARS
from guardrail.request import (
    ChatRequest,
    IdentityError,
    InvalidRequestError,
    api_request_id_of,
    caller_of,
    chat_request_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lambda_.guardrail.conftest import World

CONVERSATION = "33936dae-20a4-42bd-9de9-0ef16bcd8563"

INVALID: list[tuple[object, str]] = [
    (None, "missing or binary"),
    (b"{}", "missing or binary"),
    ({"message": "x"}, "missing or binary"),
    ("", "no JSON"),
    ("{", "no JSON"),
    ("[" * 100_000, "no JSON"),
    ("[]", "no object"),
    ('"marker-word"', "no object"),
    ("{}", "'message' must be"),
    ('{"message": null}', "'message' must be"),
    ('{"message": 7}', "'message' must be"),
    ('{"message": ["marker-word"]}', "'message' must be"),
    ('{"message": ""}', "'message' must be"),
    (json.dumps({"message": "x" * (MESSAGE_CHARS + 1)}), "1 to 4000 characters"),
    ('{"message": "x", "marker-word": 1}', "unknown fields"),
    ('{"message": "x", "conversation_id": 7}', "36 characters"),
    ('{"message": "x", "conversation_id": ""}', "36 characters"),
    ('{"message": "x", "conversation_id": "marker-word"}', "36 characters"),
    (json.dumps({"message": "x", "conversation_id": CONVERSATION.upper()}), "36 characters"),
    (json.dumps({"message": "x", "conversation_id": CONVERSATION + "\n"}), "36 characters"),
]


@pytest.mark.parametrize(("body", "advice"), INVALID)
def test_a_body_that_breaks_the_schema_is_400_with_advice(
    body: object, advice: str, world: World, make_event: Callable[..., dict[str, Any]]
) -> None:
    response = world.send(make_event(body))
    assert (response.status, response.body["outcome"]) == (400, "invalid")
    assert advice in response.body["message"]
    assert "marker-word" not in json.dumps(response.body)
    assert (world.chat.calls, world.quota.calls) == ([], [])
    assert world.record["outcome"] == "invalid"


def test_a_binary_body_is_refused(make_event: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(InvalidRequestError, match="binary"):
        chat_request_of(make_event('{"message":"x"}') | {"isBase64Encoded": True})


@pytest.mark.parametrize("message", ["x", "x" * MESSAGE_CHARS, "é" * MESSAGE_CHARS, " ", "\ud800"])
def test_messages_up_to_the_limit_are_taken(message: str, make_event: Callable[..., dict[str, Any]]) -> None:
    assert chat_request_of(make_event(json.dumps({"message": message}))) == ChatRequest(message, None)


@pytest.mark.parametrize("value", [None, CONVERSATION])
def test_a_conversation_is_optional(value: str | None, make_event: Callable[..., dict[str, Any]]) -> None:
    body = json.dumps({"message": "x", "conversation_id": value})
    assert chat_request_of(make_event(body)).conversation_id == value


@pytest.mark.parametrize("event", [None, [], "x", 7, {}, {"requestContext": 7}])
def test_events_of_any_shape_name_no_user(event: object) -> None:
    with pytest.raises(IdentityError, match="authorizer"):
        caller_of(event)


@pytest.mark.parametrize(
    ("request_id", "used"),
    [
        ("abc-123", "abc-123"),
        (None, None),
        ("", None),
        ("../../x", None),
        ("a/b", None),
        ("x" * 129, None),
        (7, None),
    ],
)
def test_only_an_id_is_kept_of_what_the_client_may_choose(
    request_id: object, used: str | None, make_event: Callable[..., dict[str, Any]]
) -> None:
    assert api_request_id_of(make_event("{}", request_id=request_id)) == used


def test_a_user_of_two_tenants_is_nobody(world: World, make_event: Callable[..., dict[str, Any]]) -> None:
    event = make_event('{"message": "x"}')
    event["requestContext"]["authorizer"]["claims"]["cognito:groups"] = "tenant-acme,tenant-globex"
    response = world.send(event)
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert world.record["reason"] == "IDENTITY_MISSING"
    assert (world.chat.calls, world.quota.calls) == ([], [])
