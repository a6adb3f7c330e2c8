"""Conversations on a real table: order, bounds, and whose credentials touch which rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from chat.conversations import Conversations, PastTurn
from user_session import SessionCredentials, UserCredentials

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from chat.turn import Turn

NOW = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)
OTHER = "00000000-20a4-42bd-9de9-0ef16bcd8563"


class _Sessions:
    """Stands for ``UserCredentials``; remembers who was asked for."""

    def __init__(self) -> None:
        self.users: list[str] = []

    def of(self, user_id: str) -> SessionCredentials:
        self.users.append(user_id)
        return SessionCredentials(user_id, "", "", NOW)


@pytest.fixture
def sessions() -> _Sessions:
    return _Sessions()


@pytest.fixture
def conversations(dynamodb: DynamoDBClient, table: str, sessions: _Sessions) -> Conversations:
    return Conversations(
        cast("UserCredentials", sessions), lambda _session: dynamodb, table, timedelta(days=30)
    )


def _store(conversations: Conversations, turn: Turn, count: int) -> None:
    for index in range(count):
        one = replace(turn, message=f"question {index}", request_id=f"request-{index}")
        conversations.store(one, f"answer {index}", NOW + timedelta(seconds=index))


def test_the_last_turns_come_back_oldest_first(conversations: Conversations, turn: Turn) -> None:
    _store(conversations, turn, 5)
    assert conversations.recent(turn, 2) == [
        PastTurn("question 3", "answer 3"),
        PastTurn("question 4", "answer 4"),
    ]


def test_a_conversation_sees_neither_another_one_nor_another_user(
    conversations: Conversations, turn: Turn
) -> None:
    _store(conversations, turn, 1)
    assert list(conversations.recent(replace(turn, conversation_id=OTHER), 5)) == []
    assert list(conversations.recent(replace(turn, user_id="somebody-else"), 5)) == []


def test_no_history_asks_for_nothing(conversations: Conversations, turn: Turn, sessions: _Sessions) -> None:
    _store(conversations, turn, 1)
    sessions.users.clear()
    assert list(conversations.recent(turn, 0)) == []
    assert sessions.users == []


def test_every_access_uses_the_users_own_session(
    conversations: Conversations, turn: Turn, sessions: _Sessions
) -> None:
    conversations.store(turn, "answer", NOW)
    conversations.recent(turn, 5)
    assert sessions.users == [turn.user_id, turn.user_id]


def test_a_row_is_keyed_by_the_user_alone_and_expires_when_its_days_are_over(
    conversations: Conversations, turn: Turn, dynamodb: DynamoDBClient, table: str
) -> None:
    conversations.store(turn, "Paris.", NOW)
    row, listed = dynamodb.scan(TableName=table)["Items"]
    expires = {"N": str(int((NOW + timedelta(days=30)).timestamp()))}
    assert listed == {
        "pk": {"S": turn.user_id},
        "sk": {"S": f"list#{turn.conversation_id}"},
        "title": {"S": turn.message},
        "updated_at": {"S": "2026-11-23T18:00:00.000000+00:00"},
        "expires_at": expires,
    }
    assert row == {
        "pk": {"S": turn.user_id},
        "sk": {"S": f"{turn.conversation_id}#2026-11-23T18:00:00.000000+00:00#request-1"},
        "message": {"S": turn.message},
        "answer": {"S": "Paris."},
        "expires_at": expires,
    }


def test_the_list_keeps_the_first_message_as_title_and_the_last_time(
    conversations: Conversations, turn: Turn, dynamodb: DynamoDBClient, table: str
) -> None:
    _store(conversations, turn, 3)
    (listed,) = [row for row in dynamodb.scan(TableName=table)["Items"] if "title" in row]
    assert (listed["title"], listed["updated_at"]) == (
        {"S": "question 0"},
        {"S": "2026-11-23T18:00:02.000000+00:00"},
    )


def test_a_turn_that_the_list_does_not_lead_to_is_not_kept(
    conversations: Conversations, turn: Turn, dynamodb: DynamoDBClient, table: str
) -> None:
    """Its user could neither see nor delete it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dynamodb, "update_item", _refuse)
        with pytest.raises(ConnectionError):
            conversations.store(turn, "answer", NOW)
    assert dynamodb.scan(TableName=table)["Items"] == []


def _refuse(**_: object) -> None:
    raise ConnectionError


def test_a_row_of_another_form_is_an_error(
    conversations: Conversations, turn: Turn, dynamodb: DynamoDBClient, table: str
) -> None:
    key = {"pk": {"S": turn.user_id}, "sk": {"S": f"{turn.conversation_id}#x"}}
    dynamodb.put_item(TableName=table, Item={**key, "message": {"N": "1"}, "answer": {"S": "x"}})
    with pytest.raises(ValueError, match="no string"):
        conversations.recent(turn, 5)
