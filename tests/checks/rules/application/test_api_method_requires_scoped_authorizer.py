"""No method answers a caller whom no authorizer has asked for a scope."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ApiMethodRequiresScopedAuthorizer"
COGNITO = {
    "AuthorizationType": "COGNITO_USER_POOLS",
    "AuthorizerId": "abc",
    "AuthorizationScopes": ["chatbot/send"],
}


def preflight(origin: object, kind: str = "MOCK") -> dict[str, Any]:
    parameters = {"method.response.header.Access-Control-Allow-Origin": origin}
    integration = {
        "Type": kind,
        "IntegrationResponses": [{"StatusCode": "204", "ResponseParameters": parameters}],
    }
    return {"HttpMethod": "OPTIONS", "AuthorizationType": "NONE", "Integration": integration}


@pytest.mark.parametrize(
    "properties",
    [
        COGNITO,
        {"AuthorizationType": "AWS_IAM"},
        {"AuthorizationType": "CUSTOM", "AuthorizerId": "abc"},
        preflight("'https://chat.example.com'"),
    ],
)
def test_a_checked_caller_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {"HttpMethod": "POST", **properties}), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({}, "AuthorizationType"),
        ({"AuthorizationType": "NONE"}, "AuthorizationType"),
        ({**COGNITO, "AuthorizationScopes": []}, "AuthorizationScopes"),
        ({"AuthorizationType": "COGNITO_USER_POOLS", "AuthorizerId": "abc"}, "AuthorizationScopes"),
        ({**COGNITO, "AuthorizerId": None}, "AuthorizerId"),
        ({"AuthorizationType": "CUSTOM"}, "AuthorizerId"),
        (preflight("'*'"), "Integration.IntegrationResponses.0.ResponseParameters"),
        (preflight("'https://chat.example.com'", kind="AWS_PROXY"), "Integration.Type"),
    ],
)
def test_everybody_else_is_not(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, {"HttpMethod": "POST", **properties})
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        {"AuthorizationType": {"Ref": "Given"}},
        {**COGNITO, "AuthorizerId": {"Ref": "Given"}},
        {**COGNITO, "AuthorizationScopes": {"Ref": "Given"}},
        preflight({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {"HttpMethod": "POST", **properties}), Unknown)
