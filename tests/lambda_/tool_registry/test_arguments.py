"""Arguments: what keeps the schema passes unchanged, everything else is refused without being repeated."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tool_registry import TOOLS, ArgumentsError, Choice, Text, Whole

REFUND = TOOLS["refund"]
GOOD: dict[str, Any] = {"order_id": "A-1001", "amount_cents": 5000, "currency": "EUR"}
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


def test_good_arguments_pass_unchanged() -> None:
    assert REFUND.check(GOOD) == GOOD


@pytest.mark.parametrize("arguments", [None, "order_id=A-1001", 7, [GOOD], [], [("order_id", "A-1001")]])
def test_arguments_are_an_object(arguments: object) -> None:
    with pytest.raises(ArgumentsError, match="no object"):
        REFUND.check(arguments)


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_argument_is_refused(name: str) -> None:
    with pytest.raises(ArgumentsError, match="exactly order_id, amount_cents, currency"):
        REFUND.check({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize("name", ["tenant", "approved", "Order_id", "__class__"])
def test_an_unknown_argument_is_refused_and_not_repeated(name: str) -> None:
    with pytest.raises(ArgumentsError, match="missing or unknown") as caught:
        REFUND.check({**GOOD, name: "x"})
    assert name not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("order_id", "A-1001\n"),
        ("order_id", "A-1001 OR 1=1"),
        ("order_id", "a-1001"),
        ("order_id", "A-١٠٠١"),
        ("order_id", "A-12345678901"),
        ("order_id", ""),
        ("order_id", 1001),
        ("amount_cents", 0),
        ("amount_cents", -5000),
        ("amount_cents", 1_000_001),
        ("amount_cents", 50.0),
        ("amount_cents", "5000"),
        ("amount_cents", True),
        ("amount_cents", float("nan")),
        ("currency", "eur"),
        ("currency", "BTC"),
        ("currency", None),
    ],
)
def test_a_value_out_of_its_bounds_is_refused_and_the_bounds_are_said(name: str, value: object) -> None:
    with pytest.raises(ArgumentsError, match=re.escape(REFUND.arguments[name].allowed)) as caught:
        REFUND.check({**GOOD, name: value})
    assert "OR 1=1" not in str(caught.value)


@pytest.mark.parametrize("amount", [1, 1_000_000])
def test_the_bounds_themselves_are_allowed(amount: int) -> None:
    assert REFUND.check({**GOOD, "amount_cents": amount})["amount_cents"] == amount


@given(_ANY)
def test_whatever_comes_is_checked_or_refused(arguments: object) -> None:
    for tool in TOOLS.values():
        try:
            checked = tool.check(arguments)
        except ArgumentsError:
            continue
        assert checked == arguments


@given(_ANY)
def test_what_a_kind_admits_is_of_its_type(value: object) -> None:
    assert isinstance(value, str) or not Text(description="d", pattern=".*", longest=9).admits(value)
    assert type(value) is int or not Whole(description="d", least=-9, most=9).admits(value)
    assert isinstance(value, str) or not Choice(description="d", options=("a",)).admits(value)
