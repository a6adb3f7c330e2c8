"""The only web ACL without a log is found, and the log without a web ACL."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclIsLogged"
LOG: dict[str, Any] = {
    "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "aws-waf-logs-chat"}}
}
OTHER: dict[str, Any] = {"Other": {"Type": "AWS::WAFv2::WebACL"}}


def logging(web_acl: object, name: str = "Logging") -> dict[str, Any]:
    properties = {"ResourceArn": web_acl, "LogDestinationConfigs": [{"Fn::GetAtt": ["Log", "Arn"]}]}
    return {name: {"Type": "AWS::WAFv2::LoggingConfiguration", "Properties": properties}}


OWN = logging({"Fn::GetAtt": ["Subject", "Arn"]})
OF_OTHER = logging({"Fn::GetAtt": ["Other", "Arn"]}, "LoggingOfOther")


@pytest.mark.parametrize("others", [{**LOG, **OWN}, {**LOG, **OWN, **OTHER, **OF_OTHER}])
def test_a_web_acl_with_a_log_is_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), Compliant)


@pytest.mark.parametrize("others", [LOG, {**LOG, **OTHER, **OF_OTHER}], ids=["idle log", "others are logged"])
def test_one_without_is_found(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    answer = ask(RULE, {}, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "LoggingConfiguration"


def test_where_nobody_logs_nobody_is_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=OTHER), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    others = {**LOG, **OTHER, **OF_OTHER, **logging({"Ref": "Given"}, "Third")}
    assert isinstance(ask(RULE, {}, others=others), Unknown)
