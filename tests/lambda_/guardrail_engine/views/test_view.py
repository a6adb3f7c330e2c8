"""Views know where their characters came from."""

from __future__ import annotations

import re

import pytest

from guardrail_engine import View
from guardrail_engine.views.view import substitute


def test_the_original_view_is_the_text_at_its_own_place() -> None:
    view = View.original("abc")
    assert (view.name, view.text, view.span(1, 3)) == ("original", "abc", (1, 3))


def test_an_empty_span_stays_where_it_is() -> None:
    view = View.original("abc")
    assert (view.span(1, 1), view.span(3, 3), View.original("").span(0, 0)) == ((1, 1), (3, 3), (0, 0))


def test_a_substituted_stretch_answers_for_its_whole_source() -> None:
    changed = substitute(View.original("ab<4142>cd"), re.compile("<[0-9]+>"), lambda _: "AB")
    assert changed is not None
    view = View("hex", *changed)
    assert view.text == "abABcd"
    assert [view.span(at, at + 1) for at in range(6)] == [(0, 1), (1, 2), (2, 8), (2, 8), (8, 9), (9, 10)]


def test_a_substitution_that_replaces_nothing_gives_no_view() -> None:
    assert substitute(View.original("abc"), re.compile("b"), lambda _: None) is None
    assert substitute(View.original("abc"), re.compile("x"), lambda _: "y") is None


def test_a_removed_stretch_leaves_its_neighbours_in_place() -> None:
    changed = substitute(View.original("a--b"), re.compile("-"), lambda _: "")
    assert changed is not None
    view = View("clean", *changed)
    assert (view.text, view.span(0, 2), view.span(1, 2)) == ("ab", (0, 4), (3, 4))


def test_a_reversed_view_points_back() -> None:
    view = View.original("abcd").reversed()
    assert (view.text, view.span(0, 2), view.guess) == ("dcba", (2, 4), True)


def test_names_tell_the_steps() -> None:
    first = View.original("ab").with_text("rot13", "no")
    assert first is not None
    assert (first.name, first.reversed().name) == ("rot13", "rot13>reversed")


def test_a_translation_keeps_the_length_or_says_so() -> None:
    assert View.original("ab").with_text("rot13", "ab") is None
    with pytest.raises(ValueError, match="keeps the length"):
        View.original("ab").with_text("rot13", "abc")
