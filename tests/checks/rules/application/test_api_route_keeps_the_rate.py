"""No route and no key has a rate of its own that is above the bound."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiRouteKeepsTheRate"
REST, PLAN, HTTP = "AWS::ApiGateway::Stage", "AWS::ApiGateway::UsagePlan", "AWS::ApiGatewayV2::Stage"


def rate(kind: str, value: object) -> dict[str, Any]:
    """A route, or a plan, with a rate of its own."""
    if kind == PLAN:
        return {"Throttle": {"RateLimit": value, "BurstLimit": 10}}
    if kind == HTTP:
        return {"RouteSettings": {"POST /chat": {"ThrottlingRateLimit": value}}}
    other = {"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": 10_000}
    own = {"HttpMethod": "POST", "ResourcePath": "/~1chat", "ThrottlingRateLimit": value}
    return {"MethodSettings": [other, own]}


@pytest.mark.parametrize("kind", [REST, PLAN, HTTP])
def test_a_rate_is_held_to_the_bound(ask: Callable[..., Answer], kind: str) -> None:
    for sound in (20, "20", 0.5, 500):
        assert isinstance(ask(RULE, rate(kind, sound), resource_type=kind), Compliant)
    for weak in (501, "10000", -1):
        assert isinstance(ask(RULE, rate(kind, weak), resource_type=kind), NonCompliant)
    for unresolved in ({"Ref": "Given"}, "many"):
        assert isinstance(ask(RULE, rate(kind, unresolved), resource_type=kind), Unknown)


@pytest.mark.parametrize("kind", [REST, PLAN, HTTP])
def test_who_sets_no_rate_of_his_own_is_not_asked(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {}, resource_type=kind), NotApplicable)
    given = ask(
        RULE, {"MethodSettings": {"Ref": "Given"}, "RouteSettings": {"Ref": "Given"}}, resource_type=kind
    )
    assert isinstance(given, NotApplicable)


def test_it_says_which_route(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, rate(REST, 5000), resource_type=REST)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MethodSettings.1.ThrottlingRateLimit"
