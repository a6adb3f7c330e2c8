"""Every method has a rate."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ApiStageThrottles"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (
            {
                "MethodSettings": [
                    {
                        "HttpMethod": "*",
                        "ResourcePath": "/*",
                        "ThrottlingRateLimit": 20,
                        "ThrottlingBurstLimit": 40,
                    }
                ]
            },
            None,
        ),
        (
            {
                "MethodSettings": [
                    {"HttpMethod": "GET", "ResourcePath": "/~1x"},
                    {
                        "HttpMethod": "*",
                        "ResourcePath": "/*",
                        "ThrottlingRateLimit": 20,
                        "ThrottlingBurstLimit": 40,
                    },
                ]
            },
            None,
        ),
        (
            {"DefaultRouteSettings": {"ThrottlingRateLimit": 5, "ThrottlingBurstLimit": 10}},
            "AWS::ApiGatewayV2::Stage",
        ),
    ],
)
def test_a_rate_for_all_methods_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({}, None, "MethodSettings"),
        (
            {
                "MethodSettings": [
                    {
                        "HttpMethod": "GET",
                        "ResourcePath": "/~1x",
                        "ThrottlingRateLimit": 1,
                        "ThrottlingBurstLimit": 1,
                    }
                ]
            },
            None,
            "MethodSettings",
        ),
        (
            {
                "MethodSettings": [
                    {
                        "HttpMethod": "*",
                        "ResourcePath": "/*",
                        "ThrottlingRateLimit": -1,
                        "ThrottlingBurstLimit": -1,
                    }
                ]
            },
            None,
            "MethodSettings.0",
        ),
        (
            {"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": 5}]},
            None,
            "MethodSettings.0",
        ),
        ({}, "AWS::ApiGatewayV2::Stage", "DefaultRouteSettings"),
    ],
)
def test_a_rate_for_some_or_none_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"MethodSettings": {"Ref": "Given"}}, None),
        ({"MethodSettings": [{"Ref": "Given"}]}, None),
        (
            {
                "MethodSettings": [
                    {"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": {"Ref": "Given"}}
                ]
            },
            None,
        ),
        ({"DefaultRouteSettings": {"Ref": "Given"}}, "AWS::ApiGatewayV2::Stage"),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
