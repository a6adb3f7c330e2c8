"""A rule for a path that nothing answers is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-WebAclScopesNameAPath"
ROUTES: dict[str, Any] = {
    "Chat": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"RouteKey": "POST /api/chat"}},
    "Rows": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"RouteKey": "GET /api/rows/{id}"}},
}
BALANCER: dict[str, Any] = {
    "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {}}
}
ANY = {"Any": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"RouteKey": "ANY /{proxy+}"}}}


def rate(text: object, constraint: str = "EXACTLY") -> dict[str, Any]:
    match: dict[str, Any] = {
        "FieldToMatch": {"UriPath": {}},
        "PositionalConstraint": constraint,
        "SearchString": text,
    }
    scope = {"ByteMatchStatement": match}
    statement = {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP", "ScopeDownStatement": scope}}
    return {"Rules": [{"Action": {"Block": {}}, "Statement": statement}]}


@pytest.mark.parametrize(
    "properties",
    [
        rate("/api/chat"),
        rate("/prod/api/chat"),
        rate("/api", "STARTS_WITH"),
        rate("/CHAT", "CONTAINS"),
        rate("/api/rows/1"),
        rate("chat", "ENDS_WITH"),
    ],
)
def test_a_path_that_is_there_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=ROUTES), Compliant)


@pytest.mark.parametrize("constraint", ["EXACTLY", "STARTS_WITH", "CONTAINS"])
def test_a_path_that_is_not_there_is_found(ask: Callable[..., Answer], constraint: str) -> None:
    assert isinstance(ask(RULE, rate("/never", constraint), others=ROUTES), NonCompliant)


@pytest.mark.parametrize("others", [{}, {**ROUTES, **BALANCER}, {**ROUTES, **ANY}])
def test_where_paths_are_not_known_nothing_is_said(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, rate("/never"), others=others), NotApplicable)


@pytest.mark.parametrize("properties", [{}, rate({"Ref": "Given"})])
def test_a_rate_for_everything_or_for_a_token_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=ROUTES), NotApplicable)
