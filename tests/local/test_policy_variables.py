"""Policy variables become values, and a variable without one matches nothing."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from genai_defense.local.policy_variables import Conditions, resolved, with_resources


def _resolve(name: str) -> object:
    return {"aws:PrincipalTag/user_id": "sub-1"}.get(name)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("${aws:PrincipalTag/user_id}", "sub-1"),
        ("a/${aws:PrincipalTag/user_id}/*", "a/sub-1/*"),
        ("${*}${?}${$}", "*?$"),
        ("${aws:username, 'nobody'}", "nobody"),
        ("plain", "plain"),
    ],
)
def test_variables_become_values(given: str, expected: str) -> None:
    conditions: Conditions = {"StringLike": {"key": [given, "x"], "other": given}}
    assert resolved(conditions, _resolve) == {"StringLike": {"key": [expected, "x"], "other": expected}}


def test_a_variable_without_a_value_matches_nothing() -> None:
    assert resolved({"StringEquals": {"key": "${aws:username}"}}, _resolve) is None


def test_other_values_stay() -> None:
    assert resolved({"Bool": {"key": True}, "NumericEquals": {"n": 3}}, _resolve) == {
        "Bool": {"key": True},
        "NumericEquals": {"n": 3},
    }


@dataclass
class _Statement:
    resources: list[str] = field(default_factory=list[str])
    not_resources: list[str] = field(default_factory=list[str])


def _fitted(statement: _Statement, tag: str | None) -> _Statement:
    """The statement as the emulator gets it, for a caller with a tag."""
    seen: list[_Statement] = []

    class Evaluator:
        @staticmethod
        def _resolve_condition_key(name: str, _context: object) -> str | None:
            return tag if name == "aws:PrincipalTag/tenant" else None

    def original(_context: object, statements: list[Any], _effect: str) -> None:
        seen.extend(statements)

    with_resources(original, Evaluator)(object(), [statement], "Allow")
    return seen[0]


@pytest.mark.parametrize("name", ["resources", "not_resources"])
def test_resources_are_those_of_the_callers_tag(name: str) -> None:
    statement = _Statement(**{name: ["bucket/${aws:PrincipalTag/tenant}/*", "bucket/x"]})
    assert getattr(_fitted(statement, "acme"), name) == ["bucket/acme/*", "bucket/x"]


@pytest.mark.parametrize("name", ["resources", "not_resources"])
@pytest.mark.parametrize("tag", [None, "*", "acm?"])
def test_a_resource_without_a_plain_value_matches_nothing_instead_of_everything(
    name: str, tag: str | None
) -> None:
    statement = _Statement(**{name: ["bucket/${aws:PrincipalTag/tenant}/*"]})
    fitted = _fitted(statement, tag)
    assert getattr(fitted, name) == ["arn:aws:nothing"]


def test_a_statement_without_variables_stays_the_same() -> None:
    statement = _Statement(["bucket/*"])
    assert _fitted(statement, "acme") is statement
