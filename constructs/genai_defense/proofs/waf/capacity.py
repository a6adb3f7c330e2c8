"""How many capacity units (WCU) a web ACL takes: 1,500 are included in its price, 5,000 are the most."""

from collections.abc import Callable, Mapping
from typing import Any

from genai_defense.proofs.waf.errors import NotEvaluableError

INCLUDED_CAPACITY = 1500
MOST_CAPACITY = 5000
_TRANSFORMATION = 10
_CUSTOM_KEY = 30
_GROUPS = {
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesAntiDDoSRuleSet": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesSQLiRuleSet": 200,
}
_POSITIONS = {"EXACTLY": 2, "STARTS_WITH": 2, "ENDS_WITH": 2, "CONTAINS": 10, "CONTAINS_WORD": 10}
_IP_SET, _IP_SET_ANYWHERE = 1, 5


def capacity_of(properties: Mapping[str, Any]) -> int:
    """The capacity units of the rules of a web ACL, at most: AWS may find rules that share work.

    Args:
        properties: The properties of an `AWS::WAFv2::WebACL`.

    Raises:
        NotEvaluableError: The price of a statement is not known.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html,
        https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements.html (read 2026-11-24).
    """
    return sum(_statement(rule["Statement"]) for rule in properties.get("Rules", []))


def _statement(statement: Mapping[str, Any]) -> int:
    ((kind, inner),) = statement.items()
    if kind not in _PRICES:
        raise NotEvaluableError(f"The capacity that a {kind} takes is not known.")
    units: int = _PRICES[kind](inner)
    return units


def _with_field(base: int, inner: Mapping[str, Any]) -> int:
    field: Mapping[str, Any] = inner["FieldToMatch"]
    if "AllQueryArguments" in field:
        base += 10
    if "JsonBody" in field:
        base *= 2
    return base + _transformations(inner)


def _transformations(inner: Mapping[str, Any]) -> int:
    kinds = [each["Type"] for each in inner.get("TextTransformations", [])]
    return _TRANSFORMATION * sum(1 for kind in kinds if kind != "NONE")


def _rate(inner: Mapping[str, Any]) -> int:
    only = inner.get("ScopeDownStatement")
    return 2 + _CUSTOM_KEY * len(inner.get("CustomKeys", [])) + (_statement(only) if only else 0)


def _group(inner: Mapping[str, Any]) -> int:
    name = str(inner["Name"])
    if name not in _GROUPS:
        raise NotEvaluableError(f"The capacity that the group {name} takes is not known.")
    return _GROUPS[name]


def _ip_set(inner: Mapping[str, Any]) -> int:
    return _IP_SET_ANYWHERE if inner.get("IPSetForwardedIPConfig", {}).get("Position") == "ANY" else _IP_SET


_PRICES: Mapping[str, Callable[[Mapping[str, Any]], int]] = {
    "AndStatement": lambda inner: sum(map(_statement, inner["Statements"])),
    "OrStatement": lambda inner: sum(map(_statement, inner["Statements"])),
    "NotStatement": lambda inner: _statement(inner["Statement"]),
    "ByteMatchStatement": lambda inner: _with_field(_POSITIONS[inner["PositionalConstraint"]], inner),
    "GeoMatchStatement": lambda _: 1,
    "IPSetReferenceStatement": _ip_set,
    "LabelMatchStatement": lambda _: 1,
    "ManagedRuleGroupStatement": _group,
    "RateBasedStatement": _rate,
    "RegexMatchStatement": lambda inner: _with_field(3, inner),
    "RegexPatternSetReferenceStatement": lambda inner: _with_field(25, inner),
    "SizeConstraintStatement": lambda inner: _with_field(1, inner),
}
