"""A filter for a field that no web ACL and no trail writes is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-LogFilterReadsFieldsThatExist"
GROUPS: dict[str, Any] = {
    "Waf": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "aws-waf-logs-chat"}},
    "Calls": {"Type": "AWS::Logs::LogGroup"},
    "Own": {"Type": "AWS::Logs::LogGroup"},
    "Trail": {
        "Type": "AWS::CloudTrail::Trail",
        "Properties": {"CloudWatchLogsLogGroupArn": {"Fn::GetAtt": ["Calls", "Arn"]}},
    },
}
NEVER = '{ $.never = "never" }'


def of(group: object, pattern: object) -> dict[str, Any]:
    return {"LogGroupName": group, "FilterPattern": pattern}


@pytest.mark.parametrize(
    "properties",
    [
        of({"Ref": "Waf"}, '{ $.action = "BLOCK" && $.httpRequest.clientIp != "" }'),
        of("aws-waf-logs-other", '{ $.terminatingRuleId = "x" }'),
        of({"Ref": "Calls"}, '{ ($.eventName = "DeleteTrail") || ($.errorCode = "*Denied") }'),
        of({"Ref": "Calls"}, "DeleteTrail"),
    ],
)
def test_fields_of_the_log_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=GROUPS), Compliant)


@pytest.mark.parametrize("group", [{"Ref": "Waf"}, {"Ref": "Calls"}, "aws-waf-logs-other"])
def test_a_strange_field_is_found(ask: Callable[..., Answer], group: object) -> None:
    answer = ask(RULE, of(group, NEVER), others=GROUPS)
    assert isinstance(answer, NonCompliant)
    assert "never" in answer.message


@pytest.mark.parametrize("group", [{"Ref": "Own"}, "/aws/lambda/chat", {"Ref": "Given"}])
def test_logs_of_an_unknown_form_are_left_alone(ask: Callable[..., Answer], group: object) -> None:
    assert isinstance(ask(RULE, of(group, NEVER), others=GROUPS), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, of({"Ref": "Waf"}, {"Ref": "Given"}), others=GROUPS), Unknown)
