"""Containment and disjointness of patterns are never claimed where a text says otherwise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_defense.proofs.iam.pattern import FIXED, GIVEN, NAME, Kind, Predicate, contained, disjoint, wild

_PATTERNS = st.text(alphabet="ab:*?", max_size=7)
_TEXTS = st.text(alphabet="ab:", max_size=7)
A, B, GIVEN_ONE, FIXED_ONE = chr(NAME + 1), chr(NAME + 2), chr(GIVEN + 3), chr(FIXED + 4)


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


@given(inner=_PATTERNS, outer=_PATTERNS, text=_TEXTS)
def test_what_is_contained_matches_the_outer_pattern(inner: str, outer: str, text: str) -> None:
    if contained(Predicate(Kind.LIKE, wild(inner)), Predicate(Kind.LIKE, wild(outer))) and _matches(
        inner, text
    ):
        assert _matches(outer, text)


@given(one=_PATTERNS, other=_PATTERNS, text=_TEXTS)
def test_no_text_matches_two_disjoint_patterns(one: str, other: str, text: str) -> None:
    if disjoint(Predicate(Kind.LIKE, wild(one)), Predicate(Kind.LIKE, wild(other))):
        assert not (_matches(one, text) and _matches(other, text))


@given(one=_PATTERNS, text=_TEXTS)
def test_a_text_is_in_a_pattern_or_apart_from_it(one: str, text: str) -> None:
    pattern, exact = Predicate(Kind.LIKE, wild(one)), Predicate(Kind.EXACT, text)
    assert contained(exact, pattern) == _matches(one, text)
    assert disjoint(exact, pattern) != _matches(one, text)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (f"table/{A}", f"table/{B}", True),
        (f"table/{A}", f"table/{A}", False),
        (f"table/{A}/x", f"table/{B}", True),
        (f"table/{A}x", f"table/{B}y", True),
        (f"table/{A}x", f"table/{B}x", False),
        (f"table/{A}", "table/orders", False),
        (f"table/{FIXED_ONE}", "bucket/orders", True),
        (GIVEN_ONE, "anything", False),
    ],
)
def test_two_resources_of_the_templates_are_never_the_same(one: str, other: str, *, apart: bool) -> None:
    assert disjoint(Predicate(Kind.EXACT, one), Predicate(Kind.EXACT, other)) == apart


def test_an_asterisk_of_an_arn_stays_in_its_field() -> None:
    arn = Predicate(Kind.EXACT, "arn:aws:iam::1:role/a:iam::2:role/Break")
    inside = "arn:*:iam::2:role/Break"
    assert contained(arn, Predicate(Kind.LIKE, wild(inside)))
    assert not contained(arn, Predicate(Kind.ARN, wild(inside)))
    assert disjoint(arn, Predicate(Kind.ARN, wild(inside)))


def test_what_could_be_a_pattern_is_in_an_asterisk_only() -> None:
    given = Predicate(Kind.LIKE, f"a{GIVEN_ONE}")
    assert contained(given, Predicate(Kind.LIKE, wild("a*")))
    assert not contained(given, Predicate(Kind.LIKE, wild("a?")))
    assert contained(given, given)


def test_case_counts_where_it_says_so() -> None:
    assert contained(Predicate(Kind.EXACT, "A"), Predicate(Kind.NO_CASE, "a"))
    assert not contained(Predicate(Kind.EXACT, "A"), Predicate(Kind.EXACT, "a"))
    assert disjoint(Predicate(Kind.EXACT, "A"), Predicate(Kind.LIKE, "a"))
    assert not disjoint(Predicate(Kind.NO_CASE, "A"), Predicate(Kind.EXACT, "a"))
