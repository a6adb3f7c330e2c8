"""Bodies stay out of the log, of every method."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ApiStageKeepsBodiesOutOfLogs"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({}, None),
        ({"MethodSettings": [{"DataTraceEnabled": False}, {"LoggingLevel": "INFO"}]}, None),
        ({"MethodSettings": [{"DataTraceEnabled": "false"}]}, None),
        ({}, "AWS::ApiGatewayV2::Stage"),
        ({"DefaultRouteSettings": {"DataTraceEnabled": False}}, "AWS::ApiGatewayV2::Stage"),
    ],
)
def test_data_trace_that_is_off_or_left_out_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({"MethodSettings": [{}, {"DataTraceEnabled": True}]}, None, "MethodSettings.1.DataTraceEnabled"),
        ({"MethodSettings": [{"DataTraceEnabled": "true"}]}, None, "MethodSettings.0.DataTraceEnabled"),
        (
            {"DefaultRouteSettings": {"DataTraceEnabled": True}},
            "AWS::ApiGatewayV2::Stage",
            "DefaultRouteSettings.DataTraceEnabled",
        ),
        (
            {"RouteSettings": {"POST /x": {"DataTraceEnabled": True}}},
            "AWS::ApiGatewayV2::Stage",
            "RouteSettings.POST /x.DataTraceEnabled",
        ),
    ],
)
def test_data_trace_anywhere_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"MethodSettings": {"Ref": "Given"}}, None),
        ({"MethodSettings": [{"DataTraceEnabled": {"Ref": "Given"}}]}, None),
        ({"RouteSettings": {"Ref": "Given"}}, "AWS::ApiGatewayV2::Stage"),
        ({"DefaultRouteSettings": {"Ref": "Given"}}, "AWS::ApiGatewayV2::Stage"),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
