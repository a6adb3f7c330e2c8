"""Values say what they are, and what is not known about them."""

import pytest

from genai_defense.checks.values import (
    Pseudo,
    Text,
    Unresolved,
    Value,
    dig,
    first_unresolved,
    flag,
    items,
    shown,
    whole,
)

OPEN = Unresolved("the parameter P is given at deployment")


@pytest.mark.parametrize(("value", "expected"), [(None, []), ("a", ["a"]), (["a"], ["a"]), (OPEN, [OPEN])])
def test_a_lone_value_is_a_list_of_one(value: Value, expected: list[Value]) -> None:
    assert items(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, True), (True, True), ("true", True), (False, False), ("False", False), (OPEN, OPEN)],
)
def test_a_flag_may_be_written_as_text(value: Value, expected: object) -> None:
    assert flag(value, default=True) == expected


def test_a_flag_that_is_neither_is_unresolved() -> None:
    assert isinstance(flag("perhaps", default=True), Unresolved)


@pytest.mark.parametrize(
    "value",
    [OPEN, ["a", OPEN], {"a": {"b": [OPEN]}}, Text(("x", OPEN)), {"a": Text((Pseudo("AWS::Region"), OPEN))}],
)
def test_an_unresolved_part_is_found_however_deep(value: Value) -> None:
    assert first_unresolved(value) == OPEN


def test_a_pseudo_parameter_is_not_unresolved() -> None:
    assert first_unresolved({"a": Text((Pseudo("AWS::Region"), "b"))}) is None


def test_the_reason_survives_the_way_down() -> None:
    assert dig(OPEN, "a.b") == OPEN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "not set"),
        ("x", "'x'"),
        (OPEN, OPEN.why),
        (Text(("arn:", Pseudo("AWS::Partition"))), "it is 'arn:{AWS::Partition}'"),
    ],
)
def test_a_message_shows_what_is_known(value: Value, expected: str) -> None:
    assert shown(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(12, 12), ("12", 12), (None, 8), (0, 0)])
def test_a_whole_number_may_be_written_as_text(value: Value, expected: int) -> None:
    assert whole(value, default=8) == expected


@pytest.mark.parametrize("value", ["many", "-1", "1.5", 1.5, True, "\u0661", [], ""])
def test_a_number_that_is_none_is_unresolved(value: Value) -> None:
    assert isinstance(whole(value, default=8), Unresolved)
