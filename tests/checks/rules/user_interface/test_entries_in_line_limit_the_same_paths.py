"""Of two web ACLs in line, the one without the rate of a path is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EntriesInLineLimitTheSamePaths"
SITE: dict[str, Any] = {
    "DistributionConfig": {
        "WebACLId": {"Fn::GetAtt": ["First", "Arn"]},
        "Origins": [{"DomainName": {"Fn::Sub": "${Api}.execute-api.eu-west-1.amazonaws.com"}}],
    }
}


def rate(path: str, action: str = "Block") -> dict[str, Any]:
    match: dict[str, Any] = {
        "FieldToMatch": {"UriPath": {}},
        "PositionalConstraint": "CONTAINS",
        "SearchString": path,
    }
    scope: dict[str, Any] = {"ByteMatchStatement": match}
    statement = {"RateBasedStatement": {"Limit": 100, "ScopeDownStatement": scope}}
    return {"Action": {action: {}}, "Statement": statement}


def line(first: list[dict[str, Any]], second: list[dict[str, Any]], *, joined: bool = True) -> dict[str, Any]:
    link = {"ResourceArn": {"Ref": "Stage"}, "WebACLArn": {"Fn::GetAtt": ["Second", "Arn"]}}
    found: dict[str, Any] = {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {}},
        "Stage": {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "Api"}}},
        "First": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": first}},
        "Second": {"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": second}},
    }
    if joined:
        found["Link"] = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": link}
    return found


def test_the_same_paths_at_both_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, SITE, others=line([rate("/chat")], [rate("/CHAT")])), Compliant)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ([rate("/chat")], [], "Second"),
        ([], [rate("/chat")], "First"),
        ([rate("/chat", "Count")], [rate("/chat")], "First"),
    ],
)
def test_the_one_without_is_named(
    ask: Callable[..., Answer], first: list[dict[str, Any]], second: list[dict[str, Any]], named: str
) -> None:
    answer = ask(RULE, SITE, others=line(first, second))
    assert isinstance(answer, NonCompliant)
    assert answer.message.startswith(named)


@pytest.mark.parametrize("others", [line([], []), line([rate("/chat")], [], joined=False)])
def test_where_nothing_is_limited_or_in_line_nothing_is_said(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, SITE, others=others), NotApplicable)
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)
