"""Users see, read and delete their own conversations, however many, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from conversations.store import DELETE_SECONDS, LISTED, TURNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lambda_.conversations.conftest import World

LIST = "/api/conversations"
ONE = "/api/conversations/{conversation_id}"
ALL = "/api/me/data"
USER = "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"
OTHER = "00000000-5d0a-4b5e-9c3e-1a2b3c4d5e6f"


def _path(conversation: str) -> dict[str, str]:
    return {"conversation_id": conversation}


def test_the_list_is_newest_first_with_titles(world: World, conversation_id: Callable[[int], str]) -> None:
    world.keep(conversation_id(1), "When are you\nopen?", "And on Sunday?", age=timedelta(hours=1))
    world.keep(conversation_id(2), "Where is my parcel?")
    assert world.call("GET", LIST) == (
        200,
        {
            "conversations": [
                {
                    "conversation_id": conversation_id(2),
                    "title": "Where is my parcel?",
                    "updated_at": "2026-11-24T18:00:00.000000Z",
                },
                {
                    "conversation_id": conversation_id(1),
                    "title": "When are you open?",
                    "updated_at": "2026-11-24T17:00:00.000000Z",
                },
            ]
        },
    )


def test_a_long_list_comes_in_pages_without_gap_or_repetition(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    count = 2 * LISTED + 3
    for number in range(count):
        world.keep(conversation_id(number), f"message {number}", age=timedelta(minutes=number))
    titles: list[str] = []
    query: dict[str, str] | None = None
    for size in (LISTED, LISTED, 3):
        status, page = world.call("GET", LIST, queryStringParameters=query)
        assert (status, len(page["conversations"])) == (200, size)
        titles += [row["title"] for row in page["conversations"]]
        query = {"before": page.get("older", "")}
    assert titles == [f"message {number}" for number in range(count)]
    assert query == {"before": ""}


def test_turns_come_oldest_first_and_long_conversations_in_pages(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    messages = [f"message {number}" for number in range(TURNS + 5)]
    world.keep(conversation_id(1), *messages)
    status, newest = world.call("GET", ONE, pathParameters=_path(conversation_id(1)))
    assert (status, newest["conversation_id"]) == (200, conversation_id(1))
    assert [turn["message"] for turn in newest["turns"]] == messages[5:]
    assert newest["turns"][0]["answer"] == "answer to message 5"
    assert newest["turns"][-1]["time"] == "2026-11-24T17:59:59.000000Z"
    older = world.call(
        "GET",
        ONE,
        pathParameters=_path(conversation_id(1)),
        queryStringParameters={"before": newest["older"]},
    )[1]
    assert [turn["message"] for turn in older["turns"]] == messages[:5]
    assert "older" not in older


def test_what_has_expired_is_gone_before_its_row_is(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    world.keep(conversation_id(1), "old", age=timedelta(days=31))
    assert world.call("GET", LIST)[1] == {"conversations": []}
    assert world.call("GET", ONE, pathParameters=_path(conversation_id(1)))[0] == 404


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_another_users_conversation_is_neither_seen_nor_touched(
    world: World, conversation_id: Callable[[int], str], method: str
) -> None:
    world.keep(conversation_id(1), "private", user=OTHER)
    before = sorted(world.rows())
    status, body = world.call(method, ONE, pathParameters=_path(conversation_id(1)))
    assert status == (404 if method == "GET" else 204)
    assert "private" not in str(body)
    assert world.call("GET", LIST)[1] == {"conversations": []}
    assert sorted(world.rows()) == before
    assert set(world.sessions.users) != {OTHER}


@pytest.mark.parametrize("turns", [1, 7, 230])
def test_a_deleted_conversation_is_gone_completely_and_alone(
    world: World, conversation_id: Callable[[int], str], turns: int
) -> None:
    world.keep(conversation_id(1), *[f"message {number}" for number in range(turns)])
    world.keep(conversation_id(2), "stays")
    assert world.call("DELETE", ONE, pathParameters=_path(conversation_id(1))) == (204, {})
    assert not [row for row in world.rows() if conversation_id(1) in row]
    assert len(world.rows()) == 2


def test_deleting_again_is_the_same(world: World, conversation_id: Callable[[int], str]) -> None:
    world.keep(conversation_id(1), "message")
    for _ in range(2):
        assert world.call("DELETE", ONE, pathParameters=_path(conversation_id(1)))[0] == 204


def test_what_one_call_cannot_delete_stays_in_the_list_for_the_next(
    world: World, conversation_id: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(conversation_id(1), *[f"message {number}" for number in range(230)])
    query = world.store.client.query

    def slow(**arguments: Any) -> Any:
        world.clock += 0.6 * DELETE_SECONDS
        return query(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(world.store.client, "query", slow)
        status, body = world.call("DELETE", ONE, pathParameters=_path(conversation_id(1)))
    assert (status, body["outcome"]) == (503, "unavailable")
    assert "again" in body["message"]
    assert 1 < len(world.rows()) < 231
    assert len(world.call("GET", LIST)[1]["conversations"]) == 1
    assert world.call("DELETE", ONE, pathParameters=_path(conversation_id(1)))[0] == 204
    assert world.rows() == []


def test_all_of_a_users_rows_are_deleted_and_nobody_elses(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    for number in range(1, 4):
        world.keep(conversation_id(number), *[f"message {count}" for count in range(70)])
    world.keep(conversation_id(9), "private", user=OTHER)
    theirs = [row for row in world.rows() if conversation_id(9) in row]
    assert world.call("DELETE", ALL) == (204, {})
    assert world.rows() == theirs
    assert len(theirs) == 2
    assert world.call("DELETE", ALL) == (204, {}), "again is the same"
    assert set(world.sessions.users) == {USER}


def test_deleting_all_goes_on_where_the_last_call_ended(
    world: World, conversation_id: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(conversation_id(1), *[f"message {number}" for number in range(230)])
    query = world.store.client.query

    def slow(**arguments: Any) -> Any:
        world.clock += 0.6 * DELETE_SECONDS
        return query(**arguments)

    with monkeypatch.context() as patch:
        patch.setattr(world.store.client, "query", slow)
        status, body = world.call("DELETE", ALL)
    assert (status, body["outcome"]) == (202, "unfinished")
    assert 1 < len(world.rows()) < 231
    assert len(world.call("GET", LIST)[1]["conversations"]) == 1, "what is left is still listed"
    assert world.call("DELETE", ALL) == (204, {})
    assert world.rows() == []


def test_deleting_all_leaves_what_is_spent(world: World, conversation_id: Callable[[int], str]) -> None:
    world.keep(conversation_id(1), "message")
    key = {"pk": {"S": f"user#{USER}"}, "sk": {"S": "day#2026-11-24"}}
    world.store.client.put_item(TableName=world.table, Item={**key, "requests": {"N": "7"}})
    assert world.call("DELETE", ALL)[0] == 204
    assert world.rows() == ["day#2026-11-24"]


@pytest.mark.parametrize("given", [None, "", 7, "x", "../../etc", "A" * 36, "0" * 36 + "\n", "0" * 37])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_id_that_is_none_is_400_and_reads_no_conversation(
    world: World, method: str, given: object
) -> None:
    status, body = world.call(method, ONE, pathParameters={"conversation_id": given})
    assert (status, body["outcome"]) == (400, "invalid")
    assert world.store.calls == ["get_item"]  # how the user stands


@pytest.mark.parametrize("given", ["", "yesterday", "2026-11-24", "2026-11-24T18:00:00.000000+00:00", "~", 7])
def test_a_time_that_is_none_is_400(world: World, given: object) -> None:
    assert world.call("GET", LIST, queryStringParameters={"before": given})[0] == 400


def test_every_access_uses_the_callers_own_session(
    world: World, conversation_id: Callable[[int], str]
) -> None:
    world.keep(conversation_id(1), "message")
    world.call("GET", LIST)
    world.call("GET", ONE, pathParameters=_path(conversation_id(1)))
    world.call("DELETE", ONE, pathParameters=_path(conversation_id(1)))
    world.call("GET", "/api/usage")
    assert set(world.sessions.users) == {USER}
