"""Capacity is summed as AWS's pages say; a statement of unknown price is not free."""

from typing import Any

import pytest

from genai_defense.proofs.waf import NotEvaluableError, capacity_of

EMPTY: dict[str, Any] = {}
LOWER = [{"Priority": 0, "Type": "LOWERCASE"}]
NONE = [{"Priority": 0, "Type": "NONE"}]


def _bytes(position: str, changes: list[dict[str, Any]], field: str = "UriPath") -> dict[str, Any]:
    inner: dict[str, Any] = {
        "FieldToMatch": {field: {}},
        "PositionalConstraint": position,
        "TextTransformations": changes,
    }
    return {"ByteMatchStatement": inner}


def _ips(position: str | None) -> dict[str, Any]:
    forwarded = {"IPSetForwardedIPConfig": {"Position": position}} if position else {}
    return {"IPSetReferenceStatement": {"Arn": "a", **forwarded}}


@pytest.mark.parametrize(
    ("statement", "units"),
    [
        (_bytes("EXACTLY", NONE), 2),
        (_bytes("CONTAINS", LOWER), 20),
        (_bytes("CONTAINS", NONE, "AllQueryArguments"), 20),
        (_bytes("EXACTLY", NONE, "JsonBody"), 4),
        (_ips(None), 1),
        (_ips("ANY"), 5),
        ({"NotStatement": {"Statement": _ips(None)}}, 1),
        ({"OrStatement": {"Statements": [_ips(None), _ips("ANY")]}}, 6),
        ({"AndStatement": {"Statements": [_ips(None), _ips(None)]}}, 2),
        ({"RateBasedStatement": {"ScopeDownStatement": _ips(None)}}, 3),
        ({"RateBasedStatement": {"CustomKeys": [EMPTY, EMPTY]}}, 62),
        ({"SizeConstraintStatement": {"FieldToMatch": {"Body": EMPTY}, "TextTransformations": NONE}}, 1),
        ({"RegexMatchStatement": {"FieldToMatch": {"UriPath": EMPTY}, "TextTransformations": LOWER}}, 13),
        ({"RegexPatternSetReferenceStatement": {"FieldToMatch": {"UriPath": EMPTY}}}, 25),
        ({"GeoMatchStatement": EMPTY}, 1),
        ({"LabelMatchStatement": EMPTY}, 1),
        ({"ManagedRuleGroupStatement": {"Name": "AWSManagedRulesCommonRuleSet"}}, 700),
    ],
)
def test_a_statement_has_its_price(statement: dict[str, Any], units: int) -> None:
    assert capacity_of({"Rules": [{"Statement": statement}]}) == units


@pytest.mark.parametrize(
    "statement",
    [{"SqliMatchStatement": EMPTY}, {"ManagedRuleGroupStatement": {"Name": "SomebodysRules"}}],
)
def test_an_unknown_price_is_not_nothing(statement: dict[str, Any]) -> None:
    with pytest.raises(NotEvaluableError, match="capacity that"):
        capacity_of({"Rules": [{"Statement": statement}]})
