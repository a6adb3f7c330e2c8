"""Malformed text: what is no text at all is refused both ways."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from guardrail_engine import MAX_CHARS, Action, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a\ud800b", "malformed.surrogate"),
        ("\udfff", "malformed.surrogate"),
        ("a\ufffeb", "malformed.noncharacter"),
        ("\ufdd0", "malformed.noncharacter"),
        ("a\x00b", "malformed.nul"),
        ("x" * (MAX_CHARS + 1), "malformed.length"),
        ("\ufdfa" * 3000, "malformed.too-many-layers"),
    ],
    ids=["high surrogate", "low surrogate", "fffe", "fdd0", "nul", "too long", "explodes under NFKC"],
)
def test_broken_text_is_refused(
    text: str, finding: str, request_of: Callable[[str], Screening], answer_of: Callable[[str], Screening]
) -> None:
    for screened in (request_of(text), answer_of(text)):
        assert screened.reason is Reason.MALFORMED_TEXT
        assert finding in {found.id for found in screened.findings}


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t\r\n", "\u2028", "a\u0085b", "x" * 2000, "\U0010fffd", "\ufffd"]
)
def test_odd_but_sound_text_passes(text: str, request_of: Callable[[str], Screening]) -> None:
    screened = request_of(text)
    assert (screened.action, screened.text) == (Action.ALLOW, text)


def test_more_layers_of_encoding_than_are_read_are_refused(request_of: Callable[[str], Screening]) -> None:
    text = "a harmless sentence"
    for _ in range(6):
        text = base64.b64encode(text.encode()).decode()
    assert request_of(text).reason is Reason.MALFORMED_TEXT
