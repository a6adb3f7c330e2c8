"""The names of rows keep turns and lists apart, and turns in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conversation_rows import LIST_PREFIX, TITLE_CHARS, list_key, title_of, turn_key, turns_prefix

ID = "33936dae-20a4-42bd-9de9-0ef16bcd8563"
NOW = datetime(2026, 11, 24, 18, 0, 0, tzinfo=UTC)


def test_a_row_of_the_list_is_never_read_as_a_turn() -> None:
    assert not set(LIST_PREFIX) <= set("0123456789abcdef-#")
    assert not list_key(ID).startswith(turns_prefix(ID))
    assert not turns_prefix(ID).startswith(LIST_PREFIX)


def test_turns_sort_by_time_whatever_their_request() -> None:
    keys = [turn_key(ID, NOW + timedelta(microseconds=step), f"request-{9 - step}") for step in range(9)]
    assert keys == sorted(keys)
    assert all(key.startswith(turns_prefix(ID)) for key in keys)


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("When are you open?", "When are you open?"),
        ("  two\n\tlines  ", "two lines"),
        ("x" * 200, "x" * TITLE_CHARS),
        ("y " * 200, ("y " * 40).strip()),
        ("\u200a", "…"),
    ],
)
def test_a_title_is_the_start_of_the_message_in_one_line(message: str, title: str) -> None:
    assert title_of(message) == title
