"""Which invisible characters stay, which go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrail_engine.views.invisible import nothing_seen, stray_positions, without_stray

CHARS = st.text(
    alphabet=st.sampled_from("aب中👨ᠮ1\u20e3\u200b\u200c\u200d\ufe0f\ufe00\u180b\u202e\u200e\U000e0100\x1b")
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ب\u200cب", "ب\u200cب"),
        ("a\u200cb", "ab"),
        ("ب\u200c\u200c\u200cب", "ب\u200cب"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("👨\u200d", "👨"),
        ("a\ufe0f", "a"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("中\U000e0100", "中\U000e0100"),
        ("中\U000e0100\U000e0101", "中\U000e0100"),
        ("a\U000e0041", "a"),
        ("a\u200fb", "a\u200fb"),
        ("a\u202eb", "ab"),
        ("a\tb\nc\r\n", "a\tb\nc\r\n"),
        ("\x00\x1b\x7f\x9f", ""),
    ],
)
def test_spelling_stays_and_strays_go(text: str, kept: str) -> None:
    assert without_stray(text) == kept


@given(CHARS)
def test_taking_out_strays_is_idempotent_and_complete(text: str) -> None:
    once = without_stray(text)
    assert without_stray(once) == once
    assert stray_positions(once) == []


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_ascii_stays_as_it_is(text: str) -> None:
    assert without_stray(text) == text


@pytest.mark.parametrize(
    "text", ["", " \t\r\n", "\u200b", "\u00ad\u200e", "\u3000\u00a0", "\x1b", "\u3164\ufe0f"]
)
def test_blanks_and_invisible_characters_show_nothing(text: str) -> None:
    assert nothing_seen(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u200bا", "❤\ufe0f", "0"])
def test_one_visible_character_is_enough(text: str) -> None:
    assert not nothing_seen(text)
