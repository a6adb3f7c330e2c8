"""Feedback goes to people and nowhere else; usage shows the caller's own row; health says ok."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lambda_.conversations.conftest import World

FEEDBACK = "/api/feedback"
USER = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"


def _body(conversation: str, **changed: object) -> dict[str, object]:
    return {
        "conversation_id": conversation,
        "request_id": "request-1",
        "rating": "wrong",
        "comment": "That is marker-word nonsense.",
        **changed,
    }


def _send(world: World, body: object) -> tuple[int, dict[str, Any]]:
    return world.call("POST", FEEDBACK, body=json.dumps(body))


def test_feedback_waits_in_the_queue_with_its_author(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    world.keep(conversation_id(1), "message")
    status, body = _send(world, _body(conversation_id(1)))
    assert (status, body["outcome"]) == (202, "accepted")
    assert world.queue.messages == [
        {
            "version": 1,
            "user_id": USER,
            "time": "2026-11-24T18:00:00.000+00:00",
            "conversation_id": conversation_id(1),
            "request_id": "request-1",
            "rating": "wrong",
            "comment": "That is marker-word nonsense.",
        }
    ]


def test_a_users_words_are_neither_logged_nor_answered(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    world.keep(conversation_id(1), "message")
    _, body = _send(world, _body(conversation_id(1)))
    assert "marker-word" not in world.printed + json.dumps(body)
    assert '"Feedback"' in world.printed
    assert '"rating":"wrong"' in world.printed.replace(" ", "")


def test_feedback_on_a_conversation_of_somebody_else_goes_nowhere(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    world.keep(conversation_id(1), "private", user="00000000-5d0a-4b5e-9c3e-1a2b3c4d5e6f")
    status, body = _send(world, _body(conversation_id(1)))
    assert (status, body["outcome"]) == (404, "not_found")
    assert world.queue.messages == []


@pytest.mark.parametrize(
    "changed",
    [
        {"rating": "great"},
        {"rating": ["wrong"]},
        {"rating": None},
        {"request_id": "a b"},
        {"request_id": None},
        {"comment": "x" * 1001},
        {"comment": 7},
        {"conversation_id": "x"},
        {"user_id": "somebody-else"},
    ],
)
def test_a_body_that_breaks_the_contract_is_400(
    world: World, conversation_id: Callable[[int], str], changed: dict[str, object]
) -> None:
    world.keep(conversation_id(1), "message")
    assert _send(world, _body(conversation_id(1), **changed))[0] == 400
    assert world.queue.messages == []


@pytest.mark.parametrize("body", [None, "", "{", "[]", "[" * 100_000, 7])
def test_a_body_that_is_no_object_is_400(world: World, body: object) -> None:
    assert world.call("POST", FEEDBACK, body=body)[0] == 400


def test_a_comment_is_optional(world: World, conversation_id: Callable[[int], str]) -> None:
    world.keep(conversation_id(1), "message")
    body = _body(conversation_id(1), rating="helpful")
    del body["comment"]
    assert _send(world, body)[0] == 202
    assert world.queue.messages[0]["comment"] is None


@pytest.mark.parametrize(
    ("row", "remaining"),
    [
        (None, {"requests": 50, "tokens": 1000}),
        ({"requests": "7", "tokens": "400"}, {"requests": 43, "tokens": 600}),
        ({"requests": "51", "tokens": "1400"}, {"requests": 0, "tokens": 0}),
    ],
)
def test_usage_is_what_the_callers_row_leaves_until_midnight(
    world: World, row: dict[str, str] | None, remaining: dict[str, int]
) -> None:
    if row is not None:
        key = {"pk": {"S": f"user#{USER}"}, "sk": {"S": "day#2026-11-24"}}
        counts: Any = {name: {"N": value} for name, value in row.items()}
        world.store.client.put_item(TableName=world.table, Item={**key, **counts})
    assert world.call("GET", "/api/usage") == (
        200,
        {
            "remaining": remaining,
            "limit": {"requests": 50, "tokens": 1000},
            "resets_at": "2026-11-25T00:00:00Z",
        },
    )


def test_health_needs_nobody_and_says_only_ok(world: World) -> None:
    event: dict[str, object] = {"httpMethod": "GET", "resource": "/api/health"}
    assert world.send(event) == (200, {"status": "ok"})
    assert (world.sessions.users, world.store.calls) == ([], [])
