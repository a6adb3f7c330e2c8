"""Texts of policies as patterns: which pattern holds another, and which two have nothing in common.

A wildcard, and every value that only the deployment knows, is one character of Unicode's private planes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

STAR, MARK = "\ue000", "\ue001"
"""Any text, and any one character."""
NAME, FIXED, GIVEN = 0xF0000, 0xF8000, 0x100000
"""Where the characters begin that stand for names, for other single texts, for what could be a pattern."""
MOST_STAND_INS = 0x7FF0

_FIELDS = 6
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_OPEN = re.compile("[\ue000\U000f0000-\U0010ffff]")


class Kind(StrEnum):
    """How a value is compared with a pattern."""

    EXACT = "exact"
    """Letter by letter."""
    NO_CASE = "no_case"
    """Letter by letter, without regard to case."""
    LIKE = "like"
    """With wildcards."""
    ARN = "arn"
    """With wildcards that stay within one of an ARN's six fields."""


@dataclass(frozen=True)
class Predicate:
    """What a value is compared with.

    Attributes:
        kind: How.
        text: The pattern.
    """

    kind: Kind
    text: str


def literal(text: str) -> str:
    """A text of a template, without the characters that stand for something else here."""
    return _PRIVATE.sub("\ufffd", text)


def wild(text: str) -> str:
    """The same, in which asterisk and question mark are wildcards."""
    return literal(text).replace("*", STAR).replace("?", MARK)


def is_open(text: str) -> bool:
    """Whether a pattern has wildcards, or parts that could be patterns."""
    return any(char in {STAR, MARK} or ord(char) >= GIVEN for char in text)


def resource_predicate(text: str) -> Predicate:
    """What an ARN is compared with in the field `Resource`."""
    return Predicate(Kind.ARN if len(text.split(":")) >= _FIELDS else Kind.LIKE, text)


@lru_cache(maxsize=200_000)
def contained(inner: Predicate, outer: Predicate) -> bool:
    """Whether everything that matches `inner` surely matches `outer`."""
    wildcards = outer.kind in {Kind.LIKE, Kind.ARN}
    if inner == outer or (wildcards and outer.text == STAR):
        return True
    if inner.kind in {Kind.LIKE, Kind.ARN} and not {STAR, MARK} & set(inner.text):
        inner = Predicate(Kind.EXACT, inner.text)
    if outer.kind is Kind.NO_CASE:
        return inner.kind in {Kind.EXACT, Kind.NO_CASE} and inner.text.lower() == outer.text.lower()
    if outer.kind is Kind.EXACT or inner.kind is Kind.NO_CASE:
        return inner.kind is Kind.EXACT and inner.text == outer.text
    if outer.kind is Kind.LIKE:
        return _covers(outer.text, inner.text)
    fields = inner.text.split(":", _FIELDS - 1), outer.text.split(":", _FIELDS - 1)
    if inner.kind is Kind.LIKE or len(fields[0]) != _FIELDS or len(fields[1]) != _FIELDS:
        return inner.text == outer.text
    return all(_covers(theirs, ours) for ours, theirs in zip(*fields, strict=True))


@lru_cache(maxsize=200_000)
def disjoint(one: Predicate, other: Predicate) -> bool:
    """Whether surely nothing matches both."""
    texts = one.text, other.text
    if Kind.NO_CASE in {one.kind, other.kind}:
        texts = one.text.lower(), other.text.lower()
    if Kind.ARN in {one.kind, other.kind} and {one.kind, other.kind} <= {Kind.ARN, Kind.EXACT}:
        fields = texts[0].split(":", _FIELDS - 1), texts[1].split(":", _FIELDS - 1)
        if len(fields[0]) == len(fields[1]) == _FIELDS:
            return any(_apart(*pair) for pair in zip(*fields, strict=True))
    return _apart(*texts)


@lru_cache(maxsize=10_000)
def _expression(pattern: str) -> re.Pattern[str]:
    any_character = "[^\ue000\U000f0000-\U0010ffff]"
    return re.compile(re.escape(pattern).replace(STAR, ".*").replace(MARK, any_character), re.DOTALL)


def _covers(outer: str, inner: str) -> bool:
    """An asterisk or an unknown part of the inner pattern is covered by an asterisk, or by itself."""
    return _expression(outer).fullmatch(inner) is not None


def _apart(one: str, other: str) -> bool:
    if _ends_differ(one, other) or _ends_differ(one[::-1], other[::-1]) or _names_differ(one, other):
        return True
    return not _meet(_OPEN.sub(STAR, one), _OPEN.sub(STAR, other))


def _ends_differ(one: str, other: str) -> bool:
    for mine, theirs in zip(one, other, strict=False):
        if _OPEN.match(mine) or _OPEN.match(theirs):
            return False
        if mine != theirs and MARK not in {mine, theirs}:
            return True
    return False


def _names_differ(one: str, other: str) -> bool:
    """Whether two resources of the templates are named at the same place: those are never the same."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if (
        place is None
        or any(char == STAR or ord(char) >= GIVEN for char in one[:place])
        or not all(NAME <= ord(text[place]) < FIXED for text in (one, other))
    ):
        return False
    return all(text[place + 1 : place + 2] in {"", "/", ":"} for text in (one, other))


@lru_cache(maxsize=50_000)
def _meet(one: str, other: str) -> bool:
    """Whether some text matches both patterns."""
    row = [True]
    for theirs in other:
        row.append(row[-1] and theirs == STAR)
    for mine in one:
        above, row = row, [row[0] and mine == STAR]
        for index, theirs in enumerate(other):
            if STAR in {mine, theirs}:
                row.append(row[-1] or above[index + 1])
            else:
                row.append(above[index] and (mine == theirs or MARK in {mine, theirs}))
    return row[-1]
