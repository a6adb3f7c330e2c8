"""Every caller of a route was checked."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-HttpApiRouteRequiresAuthorizer"
OTHERS: dict[str, Any] = {
    "Socket": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "WEBSOCKET"}},
    "Http": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP"}},
    "Authorizer": {"Type": "AWS::ApiGatewayV2::Authorizer", "Properties": {}},
}
HTTP = {"ApiId": {"Ref": "Http"}, "RouteKey": "POST /chat"}
SOCKET = {"ApiId": {"Ref": "Socket"}, "RouteKey": "$connect"}


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({**HTTP, "AuthorizationType": "JWT", "AuthorizerId": {"Ref": "Authorizer"}}, None),
        ({**HTTP, "AuthorizationType": "AWS_IAM"}, None),
        ({**SOCKET, "AuthorizationType": "CUSTOM", "AuthorizerId": {"Ref": "Authorizer"}}, None),
    ],
)
def test_an_authorizer_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        (HTTP, None, "AuthorizationType"),
        ({**HTTP, "AuthorizationType": "NONE"}, None, "AuthorizationType"),
        ({**HTTP, "RouteKey": "$default"}, None, "AuthorizationType"),
        (SOCKET, None, "AuthorizationType"),
        ({**HTTP, "AuthorizationType": "JWT"}, None, "AuthorizerId"),
    ],
)
def test_an_open_route_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({**HTTP, "AuthorizationType": {"Ref": "Given"}}, None),
        ({**HTTP, "AuthorizationType": "JWT", "AuthorizerId": {"Ref": "Given"}}, None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({**SOCKET, "RouteKey": "sendMessage"}, None),
        ({**HTTP, "RouteKey": "OPTIONS /{proxy+}"}, None),
    ],
)
def test_messages_on_an_open_connection_and_preflights_are_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)
