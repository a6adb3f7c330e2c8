import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk.assertions import Match, Template

from genai_defense.application import ApiLoggingRole, ChatApi

Synth = Callable[[], Template]


@pytest.fixture
def synthesized(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> Template:
    handler = lambda_.Function(
        stack,
        "ExistingHandler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
    )
    ChatApi(
        stack,
        "Api",
        user_pool=cognito.UserPool.from_user_pool_id(stack, "ExistingPool", "eu-west-1_abc"),
        send_scope=cognito.OAuthScope.custom("their-api/ask"),
        handler=handler,
        encryption_key=log_key,
    )
    return template()


def _method(synthesized: Template) -> dict[str, Any]:
    (method,) = synthesized.find_resources("AWS::ApiGateway::Method").values()
    properties: dict[str, Any] = method["Properties"]
    return properties


def test_there_is_one_method_and_no_cors(synthesized: Template) -> None:
    assert _method(synthesized)["HttpMethod"] == "POST"
    assert "Access-Control-Allow" not in json.dumps(synthesized.to_json())


def test_a_token_without_the_scope_does_not_pass(synthesized: Template) -> None:
    method = _method(synthesized)
    assert method["AuthorizationType"] == "COGNITO_USER_POOLS"
    assert method["AuthorizationScopes"] == ["their-api/ask"]


def test_a_revoked_session_is_not_remembered_by_the_authorizer(synthesized: Template) -> None:
    synthesized.has_resource_properties("AWS::ApiGateway::Authorizer", {"AuthorizerResultTtlInSeconds": 0})


def test_the_body_is_checked_against_a_closed_schema_with_limits(synthesized: Template) -> None:
    (model,) = synthesized.find_resources("AWS::ApiGateway::Model").values()
    schema = model["Properties"]["Schema"]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["message"]
    assert schema["properties"]["message"] == {"type": "string", "minLength": 1, "maxLength": 4000}
    assert schema["properties"]["conversation_id"]["pattern"] == "^[0-9a-f-]{36}$"
    models = _method(synthesized)["RequestModels"]
    assert set(models) == {"application/json", "$default"}, "no content type goes round the schema"
    synthesized.has_resource_properties("AWS::ApiGateway::RequestValidator", {"ValidateRequestBody": True})


def test_the_stage_throttles_traces_and_shows_no_bodies(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::ApiGateway::Stage",
        {
            "TracingEnabled": True,
            "MethodSettings": [
                Match.object_like(
                    {
                        "ThrottlingRateLimit": 20,
                        "ThrottlingBurstLimit": 40,
                        "DataTraceEnabled": False,
                        "LoggingLevel": "ERROR",
                    },
                ),
            ],
        },
    )


def test_the_access_log_is_json_without_token_or_body(synthesized: Template) -> None:
    (stage,) = synthesized.find_resources("AWS::ApiGateway::Stage").values()
    line = json.loads(stage["Properties"]["AccessLogSetting"]["Format"])
    assert {"request_id", "user_id", "status", "source_ip"} <= set(line)
    assert not any("body" in value.lower() or "header" in value.lower() for value in line.values())


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("BAD_REQUEST_BODY", "400"),
        ("UNAUTHORIZED", "401"),
        ("ACCESS_DENIED", "403"),
        ("THROTTLED", "429"),
        ("WAF_FILTERED", "403"),
        ("INTEGRATION_TIMEOUT", "503"),
    ],
)
def test_a_refusal_of_the_gateway_says_what_is_wrong(
    synthesized: Template, response: str, status: str
) -> None:
    responses = synthesized.find_resources(
        "AWS::ApiGateway::GatewayResponse", {"Properties": {"ResponseType": response}}
    )
    (refusal,) = responses.values()
    assert refusal["Properties"]["StatusCode"] == status
    body = json.loads(refusal["Properties"]["ResponseTemplates"]["application/json"])
    assert body["message"]
    assert "$context" not in body["message"], "what it holds may break the JSON"


def test_the_execution_log_is_ours_before_the_stage_writes_to_it(synthesized: Template) -> None:
    """API Gateway would make it without key and without end."""
    groups = synthesized.find_resources("AWS::Logs::LogGroup")
    (name,) = [name for name in groups if "ExecutionLog" in name]
    properties = groups[name]["Properties"]
    assert properties["LogGroupName"]["Fn::Join"][1][0] == "API-Gateway-Execution-Logs_"
    assert "KmsKeyId" in properties
    assert properties["RetentionInDays"] == 365
    (stage,) = synthesized.find_resources("AWS::ApiGateway::Stage").values()
    assert name in stage["DependsOn"]


def test_api_gateway_logs_with_a_role_of_its_own(stack: cdk.Stack, template: Synth) -> None:
    ApiLoggingRole(stack, "Logging")
    synthesized = template()
    synthesized.resource_count_is("AWS::ApiGateway::Account", 1)
    synthesized.has_resource_properties(
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": Match.object_like(
                {"Statement": [Match.object_like({"Principal": {"Service": "apigateway.amazonaws.com"}})]},
            ),
        },
    )
