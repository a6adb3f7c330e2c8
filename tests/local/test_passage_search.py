"""The stand-in's search: filters as Bedrock has them, and an error in place of a guess."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.local.passage_search import CHUNK_WORDS, Chunk, FilterError, chunks_of, matches, ranked

TENANTS = st.sampled_from(["north", "south", "shared", "nort", "North"])
META = {"tenant": "north", "pages": 3, "draft": False}


def _leaf(operator: str, key: str, value: Any) -> dict[str, Any]:
    return {operator: {"key": key, "value": value}}


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        (_leaf("equals", "tenant", "north"), True),
        (_leaf("equals", "tenant", "North"), False),
        (_leaf("equals", "tenant", "nort"), False),
        (_leaf("equals", "pages", "3"), False),
        (_leaf("equals", "draft", 0), False),
        (_leaf("equals", "absent", "x"), False),
        (_leaf("equals", "absent", None), False),
        (_leaf("notEquals", "tenant", "south"), True),
        (_leaf("notEquals", "absent", "x"), True),
        (_leaf("in", "tenant", ["north", "shared"]), True),
        (_leaf("in", "tenant", ["south"]), False),
        (_leaf("in", "tenant", []), False),
        (_leaf("notIn", "tenant", ["south"]), True),
        (_leaf("notIn", "tenant", ["north"]), False),
        (_leaf("greaterThan", "pages", 2), True),
        (_leaf("greaterThanOrEquals", "pages", 3), True),
        (_leaf("lessThan", "pages", 3), False),
        (_leaf("lessThanOrEquals", "pages", 3), True),
        (_leaf("lessThan", "tenant", 3), False),
        ({"andAll": [_leaf("equals", "tenant", "north"), _leaf("equals", "pages", 3)]}, True),
        ({"andAll": [_leaf("equals", "tenant", "north"), _leaf("equals", "pages", 4)]}, False),
        ({"orAll": [_leaf("equals", "tenant", "south"), _leaf("equals", "pages", 3)]}, True),
        ({"orAll": [_leaf("equals", "tenant", "south"), _leaf("equals", "pages", 4)]}, False),
    ],
)
def test_a_filter_means_what_it_means_on_aws(wanted: dict[str, Any], met: bool) -> None:  # noqa: FBT001 - a table
    assert matches(wanted, META) is met


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        None,
        "tenant",
        _leaf("startsWith", "tenant", "n"),
        _leaf("stringContains", "tenant", "n"),
        _leaf("like", "tenant", "*"),
        _leaf("equals", "tenant", "north") | _leaf("in", "tenant", ["south"]),
        {"equals": {"key": "tenant"}},
        {"equals": {"key": "tenant", "value": "north", "or": True}},
        _leaf("in", "tenant", "north"),
        _leaf("lessThan", "pages", "4"),
        _leaf("lessThan", "pages", True),
        {"andAll": []},
        {"orAll": [_leaf("equals", "tenant", "north")]},
        {"orAll": [_leaf("equals", "tenant", "north"), _leaf("like", "tenant", "*")]},
        {"andAll": [_leaf("equals", "tenant", "south"), _leaf("like", "tenant", "*")]},
    ],
)
def test_what_is_not_known_is_an_error_and_no_filter(wanted: Any) -> None:
    with pytest.raises(FilterError):
        matches(wanted, META)


@given(st.lists(TENANTS, max_size=4), TENANTS)
def test_a_filter_by_tenant_lets_nobody_else_through(allowed: list[str], tenant: str) -> None:
    assert matches(_leaf("in", "tenant", allowed), {"tenant": tenant}) is (tenant in allowed)


def _texts(query: str, *texts: str) -> list[str]:
    return [chunk.text for _, chunk in ranked(query, [Chunk("s3://x", text, {}) for text in texts])]


def test_rare_words_decide_and_common_ones_find_nothing() -> None:
    guide, terms = (
        "The warranty of the Aurora lamp is three years.",
        "The lamp is returned within thirty days.",
    )
    assert _texts("How long is the warranty of the Aurora lamp?", terms, guide) == [guide, terms]
    assert _texts("When are you open?", guide, terms) == []
    assert _texts("", guide) == []
    assert _texts("the of is", guide) == []


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=5))
def test_a_score_is_between_nothing_and_one(query: str, texts: list[str]) -> None:
    found = ranked(query, [Chunk("s3://x", text, {}) for text in texts])
    assert all(0 < score <= 1 + 1e-9 for score, _ in found)


@given(st.lists(st.text("ab\n ", min_size=1, max_size=9), max_size=500))
def test_pieces_of_a_document_lose_no_word(parts: list[str]) -> None:
    text = " ".join(parts)
    pieces = chunks_of("s3://x", text, META)
    assert " ".join(piece.text for piece in pieces).split() == text.split()
    assert all(len(piece.text.split()) <= CHUNK_WORDS for piece in pieces)
