"""Policy variables become values, and a variable without one matches nothing."""

import pytest

from genai_defense.local.policy_variables import Conditions, resolved


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
