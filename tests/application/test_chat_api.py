import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk.assertions import Match, Template

from genai_defense.application import MESSAGE, ApiLoggingRole, ApiRoute, ChatApi

Synth = Callable[[], Template]
ASK = cognito.OAuthScope.custom("their-api/ask")
READ = cognito.OAuthScope.custom("their-api/read")
OPEN = "The distribution's origin check asks it, and it says nothing but that the API is up."


@pytest.fixture
def handler(stack: cdk.Stack) -> lambda_.Function:
    return lambda_.Function(
        stack,
        "ExistingHandler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
    )


@pytest.fixture
def build(stack: cdk.Stack, log_key: kms.Key) -> Callable[..., ChatApi]:
    def make(*routes: ApiRoute, **arguments: Any) -> ChatApi:
        return ChatApi(
            stack,
            "Api",
            user_pool=cognito.UserPool.from_user_pool_id(stack, "ExistingPool", "eu-west-1_abc"),
            routes=routes,
            encryption_key=log_key,
            **arguments,
        )

    return make


@pytest.fixture
def synthesized(build: Callable[..., ChatApi], handler: lambda_.Function, template: Synth) -> Template:
    build(
        ApiRoute(method="POST", path="/api/chat", handler=handler, scope=ASK, body=MESSAGE),
        ApiRoute(
            method="POST",
            path="/api/chat/stream",
            handler=handler,
            scope=ASK,
            body=MESSAGE,
            streamed=True,
            timeout=cdk.Duration.minutes(2),
        ),
        ApiRoute(method="GET", path="/api/things/{thing_id}", handler=handler, scope=READ),
        ApiRoute(method="GET", path="/api/health", handler=handler, open_because=OPEN, requests_per_second=2),
    )
    return template()


def _methods(synthesized: Template) -> dict[str, dict[str, Any]]:
    """Properties of the methods, by method and path."""
    resources = synthesized.find_resources("AWS::ApiGateway::Resource")

    def path(identifier: dict[str, Any]) -> str:
        if "Ref" not in identifier:
            return ""
        properties = resources[identifier["Ref"]]["Properties"]
        return f"{path(properties['ParentId'])}/{properties['PathPart']}"

    found = [
        method["Properties"] for method in synthesized.find_resources("AWS::ApiGateway::Method").values()
    ]
    return {f"{method['HttpMethod']}{path(method['ResourceId'])}": method for method in found}


def test_there_are_the_given_methods_and_no_cors(synthesized: Template) -> None:
    assert set(_methods(synthesized)) == {
        "POST/api/chat",
        "POST/api/chat/stream",
        "GET/api/things/{thing_id}",
        "GET/api/health",
    }
    assert "Access-Control-Allow" not in json.dumps(synthesized.to_json())


@pytest.mark.parametrize(
    ("name", "scope"),
    [("POST/api/chat", "their-api/ask"), ("GET/api/things/{thing_id}", "their-api/read")],
)
def test_a_token_without_the_routes_scope_does_not_pass(synthesized: Template, name: str, scope: str) -> None:
    method = _methods(synthesized)[name]
    assert method["AuthorizationType"] == "COGNITO_USER_POOLS"
    assert method["AuthorizationScopes"] == [scope]


def test_only_a_route_with_a_written_reason_is_open(synthesized: Template) -> None:
    methods = _methods(synthesized)
    assert [name for name in methods if methods[name]["AuthorizationType"] == "NONE"] == ["GET/api/health"]


def test_a_revoked_session_is_not_remembered_by_the_authorizer(synthesized: Template) -> None:
    synthesized.has_resource_properties("AWS::ApiGateway::Authorizer", {"AuthorizerResultTtlInSeconds": 0})


def test_the_body_is_checked_against_a_closed_schema_with_limits(synthesized: Template) -> None:
    (model,) = synthesized.find_resources("AWS::ApiGateway::Model").values()
    schema = model["Properties"]["Schema"]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["message"]
    assert schema["properties"]["message"] == {"type": "string", "minLength": 1, "maxLength": 4000}
    assert schema["properties"]["conversation_id"]["pattern"] == "^[0-9a-f-]{36}$"
    methods = _methods(synthesized)
    for name in ("POST/api/chat", "POST/api/chat/stream"):
        models = methods[name]["RequestModels"]
        assert set(models) == {"application/json", "$default"}, "no content type goes round the schema"


def test_every_method_has_the_validator_of_body_and_parameters(synthesized: Template) -> None:
    (validator,) = synthesized.find_resources(
        "AWS::ApiGateway::RequestValidator",
        {"Properties": {"ValidateRequestBody": True, "ValidateRequestParameters": True}},
    )
    methods = _methods(synthesized)
    assert {json.dumps(method["RequestValidatorId"]) for method in methods.values()} == {
        json.dumps({"Ref": validator})
    }
    assert methods["GET/api/things/{thing_id}"]["RequestParameters"] == {"method.request.path.thing_id": True}


def test_a_streamed_route_streams_and_waits_as_long_as_it_says(synthesized: Template) -> None:
    methods = _methods(synthesized)
    streamed = methods["POST/api/chat/stream"]["Integration"]
    assert (streamed["ResponseTransferMode"], streamed["TimeoutInMillis"]) == ("STREAM", 120_000)
    assert "response-streaming-invocations" in json.dumps(streamed["Uri"])
    buffered = methods["POST/api/chat"]["Integration"]
    assert buffered.get("ResponseTransferMode", "BUFFERED") == "BUFFERED"
    assert buffered["TimeoutInMillis"] == 29_000


def test_the_resource_policy_names_the_routes_and_refuses_plain_http(synthesized: Template) -> None:
    (api,) = synthesized.find_resources("AWS::ApiGateway::RestApi").values()
    allow, deny = api["Properties"]["Policy"]["Statement"]
    assert (allow["Effect"], allow["Action"]) == ("Allow", "execute-api:Invoke")
    assert allow["Resource"] == [
        "execute-api:/v1/GET/api/health",
        "execute-api:/v1/GET/api/things/*",
        "execute-api:/v1/POST/api/chat",
        "execute-api:/v1/POST/api/chat/stream",
    ]
    assert (deny["Effect"], deny["Resource"]) == ("Deny", "execute-api:/*")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_api_takes_no_old_tls_and_no_foreign_host_name(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::ApiGateway::RestApi",
        {"SecurityPolicy": "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "EndpointAccessMode": "STRICT"},
    )


def test_without_a_distribution_the_api_can_take_tls_13_alone(
    build: Callable[..., ChatApi], handler: lambda_.Function, template: Synth
) -> None:
    build(
        ApiRoute(method="POST", path="/api/chat", handler=handler, scope=ASK, body=MESSAGE),
        security_policy=apigateway.SecurityPolicy.TLS13_1_3_2025_09,
    )
    template().has_resource_properties(
        "AWS::ApiGateway::RestApi", {"SecurityPolicy": "SecurityPolicy_TLS13_1_3_2025_09"}
    )


def test_each_method_and_all_others_are_throttled_traced_and_without_bodies_in_the_log(
    synthesized: Template,
) -> None:
    (stage,) = synthesized.find_resources("AWS::ApiGateway::Stage").values()
    assert stage["Properties"]["TracingEnabled"] is True
    settings = {
        (entry["ResourcePath"], entry["HttpMethod"]): entry for entry in stage["Properties"]["MethodSettings"]
    }
    rates = {key: entry["ThrottlingRateLimit"] for key, entry in settings.items()}
    assert rates == {
        ("/*", "*"): 20,
        ("/~1api~1chat", "POST"): 20,
        ("/~1api~1chat~1stream", "POST"): 20,
        ("/~1api~1things~1{thing_id}", "GET"): 20,
        ("/~1api~1health", "GET"): 2,
    }
    for entry in settings.values():
        assert entry["ThrottlingBurstLimit"] == 2 * entry["ThrottlingRateLimit"]
        assert (entry["DataTraceEnabled"], entry["LoggingLevel"]) == (False, "ERROR")


def test_the_access_log_is_json_without_token_or_body(synthesized: Template) -> None:
    (stage,) = synthesized.find_resources("AWS::ApiGateway::Stage").values()
    line = json.loads(stage["Properties"]["AccessLogSetting"]["Format"])
    assert {"request_id", "trace_id", "user_id", "status", "source_ip", "tls_version"} <= set(line)
    assert not any("body" in value.lower() or "header" in value.lower() for value in line.values())


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("BAD_REQUEST_BODY", "400"),
        ("BAD_REQUEST_PARAMETERS", "400"),
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
