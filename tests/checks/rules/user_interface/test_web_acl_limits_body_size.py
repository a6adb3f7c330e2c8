"""A body that WAF does not see whole is stopped, by a rule of one's own or by the Common group."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WebAclLimitsBodySize"
EMPTY: dict[str, Any] = {}


def _size(handling: str = "MATCH", operator: str = "GT", field: str = "Body") -> dict[str, Any]:
    constraint = {"FieldToMatch": {field: {"OversizeHandling": handling}}, "ComparisonOperator": operator}
    return {"SizeConstraintStatement": {**constraint, "Size": 8192}}


def _acl(statement: object, action: str = "Block") -> dict[str, Any]:
    return {"Rules": [{"Name": "R", "Statement": statement, "Action": {action: EMPTY}}]}


def _common(override: str = "None", **group: Any) -> dict[str, Any]:
    named = {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet", **group}
    return {
        "Rules": [
            {"Statement": {"ManagedRuleGroupStatement": named}, "OverrideAction": {override: EMPTY}},
        ]
    }


@pytest.mark.parametrize(
    "properties",
    [
        _acl(_size()),
        _acl(_size(operator="GE", field="JsonBody")),
        _acl({"OrStatement": {"Statements": [{"GeoMatchStatement": EMPTY}, _size()]}}),
        _common(),
        _common(RuleActionOverrides=[{"Name": "NoUserAgent_HEADER", "ActionToUse": {"Count": EMPTY}}]),
    ],
)
def test_a_rule_that_stops_it_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        _acl(_size("CONTINUE")),
        _acl(_size("NO_MATCH")),
        _acl(_size(operator="LT")),
        _acl(_size(field="QueryString")),
        _acl(_size(), action="Count"),
        _acl({"AndStatement": {"Statements": [{"GeoMatchStatement": EMPTY}, _size()]}}),
        _common("Count"),
        _common(RuleActionOverrides=[{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": EMPTY}}]),
        _common(ExcludedRules=[{"Name": "SizeRestrictions_BODY"}]),
        _common(ScopeDownStatement={"GeoMatchStatement": EMPTY}),
        _common(RuleActionOverrides={"Ref": "Given"}),
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Rules"


@pytest.mark.parametrize("properties", [{"Rules": {"Ref": "Given"}}, _acl({"Ref": "Given"})])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
