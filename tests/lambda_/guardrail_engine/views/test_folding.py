"""Clean and folded readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guardrail_engine import View
from guardrail_engine.views.confusables import CONFUSABLES
from guardrail_engine.views.folding import clean, folded

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｉｇｎｏｒｅ", "ignore"),
        ("𝐢𝐠𝐧𝐨𝐫𝐞", "ignore"),
        ("ⓘⓖⓝⓞⓡⓔ", "ignore"),
        ("i\u200bg\u2060n\u00ado\ufeffr\u202ee", "ignore"),
        ("ﬁle", "file"),
        ("a\u00a0b\u3000c", "a b c"),
        ("1\u20112\u20133", "1-2-3"),
        ("a\x1bb\x7fc", "abc"),
    ],
)
def test_clean_unifies_forms_and_drops_what_cannot_be_seen(text: str, expected: str) -> None:
    view = clean(View.original(text))
    assert view is not None
    assert (view.name, view.text, view.guess) == ("clean", expected, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("іgnоrе", "ignore"),
        ("ιgnοre", "ignore"),
        ("ìgñõrê", "ignore"),
        ("i\u0337g\u0337n\u0337o\u0337r\u0337e\u0337", "ignore"),
        ("ɪɢɴᴏʀᴇ", "iGnore".lower()),
        ("🅸🅶🅽🅾🆁🅴", "IGNORE"),
        ("🇮🇬🇳🇴🇷🇪", "IGNORE"),
        ("ıgnøre", "ignore"),
    ],
)
def test_folded_reads_what_the_eye_reads(text: str, expected: str) -> None:
    view = folded(View.original(text))
    assert view is not None
    assert (view.text, view.guess) == (expected, True)


@pytest.mark.parametrize("text", ["plain text", "", "tab\tand\nline"])
def test_plain_ascii_has_no_further_reading(text: str) -> None:
    assert clean(View.original(text)) is None
    assert folded(View.original(text)) is None


@pytest.mark.parametrize("text", ["Grüße aus Köln", "我想问一个问题", "Привет, мир", "שלום"])
def test_ordinary_text_of_other_scripts_is_clean_as_it_is(text: str) -> None:
    assert clean(View.original(text)) is None


def test_look_alikes_map_to_single_ascii_letters() -> None:
    assert all(code > 0x7F and len(latin) == 1 and latin.isascii() for code, latin in CONFUSABLES.items())


def test_the_span_of_a_folded_word_is_the_word(readings: Callable[[str], dict[str, str]]) -> None:
    view = folded(View.original("say ｉｇｎоｒｅ now"))
    assert view is not None
    at = view.text.index("ignore")
    assert view.span(at, at + 6) == (4, 10)
    assert "folded" in readings("ıgnore")
