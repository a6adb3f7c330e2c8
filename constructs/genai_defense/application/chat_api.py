"""The public door: one path, one method, one token scope, one shape of body."""

import json

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge
from genai_defense.limits import MAX_MESSAGE_CHARS

CONVERSATION_ID_PATTERN = "^[0-9a-f-]{36}$"
STAGE_NAME = "v1"
_JSON = "application/json"
# A fixed text: what API Gateway knows of the fault ($context.error.validationErrorString) holds raw
# quotes, which would break the JSON of the refusal.
_BODY = (
    f'The body must be JSON: "message" of 1 to {MAX_MESSAGE_CHARS} characters, optionally "conversation_id", '
    "and nothing else."
)
_TRY_AGAIN = "The chatbot did not answer. Try again in a moment."
# What the caller is told when API Gateway itself refuses, before the function gives the request an id.
_REFUSALS: dict[str, tuple[apigateway.ResponseType, str | None, str, str]] = {
    "BadBody": (apigateway.ResponseType.BAD_REQUEST_BODY, "400", "invalid", _BODY),
    "TooLarge": (apigateway.ResponseType.REQUEST_TOO_LARGE, "413", "invalid", "The body is too large."),
    "Unauthorized": (
        apigateway.ResponseType.UNAUTHORIZED,
        "401",
        "rejected",
        "Sign in: the access token is missing or not valid.",
    ),
    "Expired": (
        apigateway.ResponseType.EXPIRED_TOKEN,
        "401",
        "rejected",
        "Sign in again: the token has expired.",
    ),
    "AccessDenied": (
        apigateway.ResponseType.ACCESS_DENIED,
        "403",
        "rejected",
        "The access token does not allow this.",
    ),
    "Filtered": (apigateway.ResponseType.WAF_FILTERED, "403", "rejected", "A filter refused the request."),
    "Throttled": (
        apigateway.ResponseType.THROTTLED,
        "429",
        "rejected",
        "Too many requests at once. Wait a moment and try again.",
    ),
    "Timeout": (apigateway.ResponseType.INTEGRATION_TIMEOUT, "503", "unavailable", _TRY_AGAIN),
    "Failure": (apigateway.ResponseType.INTEGRATION_FAILURE, "503", "unavailable", _TRY_AGAIN),
    "NoSuchPath": (
        apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
        "404",
        "rejected",
        "There is nothing here but POST /chat.",
    ),
    "Rejected": (apigateway.ResponseType.DEFAULT_4_XX, None, "rejected", "The request was not accepted."),
    "Error": (apigateway.ResponseType.DEFAULT_5_XX, "503", "unavailable", _TRY_AGAIN),
}


class ChatApi(Construct):
    """A Regional REST API with `POST /chat` and nothing else.

    API Gateway itself checks the access token and its scope, the body against a JSON schema with length
    limits, and the rate. There is no CORS: page and API belong on one origin. Every request leaves one JSON
    line in the access log, without token and without body; data trace is off. The execution log says why a
    body was refused and may quote what was; it has the same key and the same end.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        user_pool: Pool whose access tokens are accepted.
        send_scope: Scope that a token must carry.
        handler: The guardrail function.
        encryption_key: Key of the access log; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        retention: How long the log is kept. Default: one year.
        requests_per_second: Steady rate over all callers, with bursts of twice as many. Default: 20.
        removal_policy: What `cdk destroy` does to the log. Default: it stays.

    Attributes:
        api: The API.
        stage: Its stage, `v1`.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
        (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: cognito.IUserPool,
        send_scope: cognito.OAuthScope,
        handler: lambda_.IFunction,
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        requests_per_second: int = 20,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        access_log = logs.LogGroup(
            self,
            "AccessLog",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self.api = self._create_api(access_log, requests_per_second)
        self.stage = self.api.deployment_stage
        self._own_the_execution_log(encryption_key, retention, removal_policy)
        self._add_chat_method(user_pool, send_scope, handler)
        self._acknowledge_what_stays()
        for name, (response_type, status, outcome, message) in _REFUSALS.items():
            self.api.add_gateway_response(
                name,
                type=response_type,
                status_code=status,
                response_headers={"Cache-Control": "'no-store'", "X-Content-Type-Options": "'nosniff'"},
                templates={_JSON: json.dumps({"outcome": outcome, "message": message})},
            )

    def _create_api(self, access_log: logs.ILogGroup, requests_per_second: int) -> apigateway.RestApi:
        return apigateway.RestApi(
            self,
            "Api",
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            cloud_watch_role=False,  # an account has one: ApiLoggingRole
            deploy_options=apigateway.StageOptions(
                stage_name=STAGE_NAME,
                access_log_destination=apigateway.LogGroupLogDestination(access_log),
                access_log_format=_access_log_format(),
                data_trace_enabled=False,
                logging_level=apigateway.MethodLoggingLevel.ERROR,
                metrics_enabled=True,
                throttling_rate_limit=requests_per_second,
                throttling_burst_limit=2 * requests_per_second,
                tracing_enabled=True,
            ),
        )

    def _own_the_execution_log(
        self,
        encryption_key: kms.IKey,
        retention: logs.RetentionDays,
        removal_policy: RemovalPolicy,
    ) -> None:
        # API Gateway writes its errors to a group of this name; missing, it makes one without key and end.
        log = logs.LogGroup(
            self,
            "ExecutionLog",
            log_group_name=f"API-Gateway-Execution-Logs_{self.api.rest_api_id}/{STAGE_NAME}",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self.stage.node.add_dependency(log)

    def _add_chat_method(
        self,
        user_pool: cognito.IUserPool,
        send_scope: cognito.OAuthScope,
        handler: lambda_.IFunction,
    ) -> None:
        message = self._message_model()
        self.api.root.add_resource("chat").add_method(
            "POST",
            apigateway.LambdaIntegration(handler, allow_test_invoke=False, timeout=Duration.seconds(29)),
            authorizer=apigateway.CognitoUserPoolsAuthorizer(
                self,
                "Authorizer",
                cognito_user_pools=[user_pool],
                results_cache_ttl=Duration.seconds(0),
            ),
            authorization_type=apigateway.AuthorizationType.COGNITO,
            authorization_scopes=[send_scope.scope_name],
            # Under a content type without a model, API Gateway would not look at the body at all.
            request_models={_JSON: message, "$default": message},
            request_validator=self.api.add_request_validator(
                "Validator", validate_request_body=True, validate_request_parameters=True
            ),
        )

    def _acknowledge_what_stays(self) -> None:
        acknowledge(
            self.stage,
            *(f"{pack}-APIGWCacheEnabledAndEncrypted" for pack in CONTROL_PACKS),
            reason="Answers are personal and must never be served from a shared cache, so the stage has "
            "none to encrypt.",
        )
        acknowledge(
            self.stage,
            *(f"{pack}-APIGWSSLEnabled" for pack in CONTROL_PACKS),
            reason="The client certificate proves API Gateway to an HTTP backend; the only integration is a "
            "Lambda function, which admits this API by IAM and is not reachable over HTTP.",
        )

    def _message_model(self) -> apigateway.Model:
        return self.api.add_model(
            "Message",
            content_type=_JSON,
            schema=apigateway.JsonSchema(
                schema=apigateway.JsonSchemaVersion.DRAFT4,
                type=apigateway.JsonSchemaType.OBJECT,
                required=["message"],
                additional_properties=False,
                properties={
                    "message": apigateway.JsonSchema(
                        type=apigateway.JsonSchemaType.STRING,
                        min_length=1,
                        max_length=MAX_MESSAGE_CHARS,
                    ),
                    "conversation_id": apigateway.JsonSchema(
                        type=apigateway.JsonSchemaType.STRING,
                        pattern=CONVERSATION_ID_PATTERN,
                    ),
                },
            ),
        )


def _access_log_format() -> apigateway.AccessLogFormat:
    context = apigateway.AccessLogField
    return apigateway.AccessLogFormat.custom(
        json.dumps(
            {
                "request_id": context.context_request_id(),
                # The audit record's id; the one above can be chosen by the client.
                "function_request_id": "$context.integration.requestId",
                "extended_request_id": context.context_extended_request_id(),
                "time": context.context_request_time(),
                "source_ip": context.context_identity_source_ip(),
                "user_id": context.context_authorizer_claims("sub"),
                "method": context.context_http_method(),
                "path": context.context_resource_path(),
                "status": context.context_status(),
                "error": context.context_error_response_type(),
                "latency_ms": context.context_response_latency(),
                "response_bytes": context.context_response_length(),
                "waf_status": context.context_waf_status(),
            },
        ),
    )
