"""Each request leaves a line."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ApiStageWritesAccessLog"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (
            {
                "AccessLogSetting": {
                    "DestinationArn": "arn:aws:logs:eu-west-1:1:log-group:x",
                    "Format": "$context.requestId",
                }
            },
            None,
        ),
        (
            {
                "AccessLogSettings": {
                    "DestinationArn": "arn:aws:logs:eu-west-1:1:log-group:x",
                    "Format": "$context.requestId",
                }
            },
            "AWS::ApiGatewayV2::Stage",
        ),
        (
            {
                "AccessLogSetting": {
                    "DestinationArn": {"Fn::Sub": "arn:${AWS::Partition}:logs:x"},
                    "Format": "x",
                }
            },
            None,
        ),
    ],
)
def test_a_log_with_a_format_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({}, None, "AccessLogSetting.DestinationArn"),
        ({"AccessLogSetting": {"Format": "x"}}, None, "AccessLogSetting.DestinationArn"),
        ({"AccessLogSetting": {"DestinationArn": "x"}}, None, "AccessLogSetting.Format"),
        ({}, "AWS::ApiGatewayV2::Stage", "AccessLogSettings.DestinationArn"),
    ],
)
def test_one_of_them_missing_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"AccessLogSetting": {"Ref": "Given"}}, None),
        ({"AccessLogSetting": {"DestinationArn": {"Ref": "Given"}, "Format": "x"}}, None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
