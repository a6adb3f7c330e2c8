"""A client that sends too much is stopped and not only counted."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WebAclLimitsRates"
EMPTY: dict[str, Any] = {}
RATE: dict[str, Any] = {"RateBasedStatement": {"Limit": 300, "AggregateKeyType": "IP"}}


def _acl(statement: object, action: object) -> dict[str, Any]:
    return {"Rules": [{"Name": "R", "Statement": statement, "Action": action}]}


@pytest.mark.parametrize("action", [{"Block": EMPTY}, {"Challenge": EMPTY}, {"Captcha": EMPTY}])
def test_a_rate_that_stops_is_compliant(ask: Callable[..., Answer], action: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, _acl(RATE, action)), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"Rules": []},
        _acl(RATE, {"Count": EMPTY}),
        _acl({"GeoMatchStatement": {"CountryCodes": ["DE"]}}, {"Block": EMPTY}),
    ],
)
def test_none_or_one_that_counts_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Rules"


@pytest.mark.parametrize(
    "properties",
    [
        {"Rules": {"Ref": "Given"}},
        {"Rules": [{"Ref": "Given"}]},
        _acl(RATE, {"Ref": "Given"}),
        _acl({"Ref": "Given"}, {"Block": EMPTY}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
