"""Every operation of a document asks who calls, and SAM's implicit ones too."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiBodyRequiresAuthorizer"
REST, HTTP, FUNCTION = "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Lambda::Function"
OPERATION = "Body.paths./chat.post"
SCHEMES: dict[str, Any] = {
    "Pool": {"type": "apiKey", "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools"}},
    "Signed": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"},
    "api_key": {"type": "apiKey", "name": "x-api-key"},
}


def api(security: Any = None) -> dict[str, Any]:
    """One operation, as SAM and OpenAPI 2 write it."""
    operation = {} if security is None else {"security": security}
    return {"Body": {"paths": {"/chat": {"post": operation}}, "securityDefinitions": SCHEMES}}


SECURED: list[tuple[list[Any], type]] = [([], NonCompliant), ([{"AWS_IAM": []}], Compliant)]
SOUND: list[dict[str, Any]] = [
    api([{"Pool": ["chat/send"]}]),
    api([{"Signed": []}]),
    api([{"AWS_IAM": []}]),
    api([{"Pool": [], "api_key": []}]),
    {"Body": {**api()["Body"], "security": [{"Pool": []}]}},
    {"Body": {"paths": {"/chat": {"post": {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}}}}},
    {
        "Body": {
            "paths": {"/chat": {"post": {"security": [{"Jwt": []}]}}},
            "components": {"securitySchemes": {"Jwt": {"x-amazon-apigateway-authorizer": {"type": "jwt"}}}},
        }
    },
]
WEAK: list[dict[str, Any]] = [
    api(),
    api([]),
    api([{"api_key": []}]),
    api([{"NONE": []}]),
    api([{"Pool": []}, {}]),
    {"Body": {"security": [{"Pool": []}], "paths": {"/chat": {"post": {"security": []}}}}},
]
UNRESOLVED: list[dict[str, Any]] = [
    {"Body": {"Ref": "Given"}},
    {"BodyS3Location": {"Bucket": "documents"}},
    api({"Ref": "Given"}),
    {"Body": {"paths": {"/chat": {"post": {"Ref": "Given"}}}}},
]
OTHER_MATTERS: list[tuple[dict[str, Any], str]] = [
    ({}, REST),
    ({"ProtocolType": "HTTP"}, HTTP),
    ({}, FUNCTION),
    ({"EndpointConfiguration": {"Types": ["PRIVATE"]}, **api()}, REST),
    (
        {"Body": {"paths": {"/chat": {"options": {"x-amazon-apigateway-integration": {"type": "mock"}}}}}},
        REST,
    ),
]


@pytest.mark.parametrize("kind", [REST, HTTP])
@pytest.mark.parametrize("properties", SOUND)
def test_an_authorizer_on_every_operation_is_compliant(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize("kind", [REST, HTTP])
@pytest.mark.parametrize("properties", WEAK)
def test_an_open_operation_is_found(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == OPERATION


@pytest.mark.parametrize("properties", UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type=REST), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_private_apis_preflights_and_apis_without_a_document_are_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(("security", "kind"), SECURED)
def test_a_function_answers_for_the_api_that_sam_adds(
    ask: Callable[..., Answer], security: list[Any], kind: type
) -> None:
    uri = {"Fn::Sub": "arn:aws:apigateway:eu-west-1:lambda:path/functions/${Subject.Arn}/invocations"}
    operation = {"security": security, "x-amazon-apigateway-integration": {"uri": uri}}
    body = {"paths": {"/chat": {"post": operation}}}
    implicit = {"Type": REST, "Properties": {"Body": body}}
    answer = ask(RULE, {}, resource_type=FUNCTION, others={"ServerlessRestApi": implicit})
    assert isinstance(answer, kind)
