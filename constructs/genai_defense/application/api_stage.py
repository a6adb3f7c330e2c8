"""How the API's one stage logs, traces and throttles."""

import json
from collections.abc import Sequence

from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_logs as logs

from genai_defense.application.api_route import ApiRoute

STAGE_NAME = "v1"


def stage_options(
    routes: Sequence[ApiRoute], *, access_log: logs.ILogGroup, requests_per_second: int
) -> apigateway.StageOptions:
    """Options of the stage.

    Args:
        routes: Each gets limits of its own, besides those for whatever else there may be.
        access_log: Where a line for each request goes.
        requests_per_second: Steady rate of a route that names none.
    """
    return apigateway.StageOptions(
        stage_name=STAGE_NAME,
        access_log_destination=apigateway.LogGroupLogDestination(access_log),
        access_log_format=apigateway.AccessLogFormat.custom(json.dumps(_access_log_line())),
        data_trace_enabled=False,
        logging_level=apigateway.MethodLoggingLevel.ERROR,
        metrics_enabled=True,
        throttling_rate_limit=requests_per_second,
        throttling_burst_limit=2 * requests_per_second,
        tracing_enabled=True,
        method_options={
            f"{route.path}/{route.method}": _method_options(route.requests_per_second or requests_per_second)
            for route in routes
        },
    )


def _method_options(requests_per_second: int) -> apigateway.MethodDeploymentOptions:
    # A method's own settings replace the stage's altogether, so all of them are said again.
    return apigateway.MethodDeploymentOptions(
        data_trace_enabled=False,
        logging_level=apigateway.MethodLoggingLevel.ERROR,
        metrics_enabled=True,
        throttling_rate_limit=requests_per_second,
        throttling_burst_limit=2 * requests_per_second,
    )


def _access_log_line() -> dict[str, str]:
    context = apigateway.AccessLogField
    return {
        "request_id": context.context_request_id(),
        # The audit record's id; the one above can be chosen by the client.
        "function_request_id": "$context.integration.requestId",
        "extended_request_id": context.context_extended_request_id(),
        "trace_id": context.context_xray_trace_id(),
        "time": context.context_request_time(),
        "source_ip": context.context_identity_source_ip(),
        "user_id": context.context_authorizer_claims("sub"),
        "client_id": context.context_authorizer_claims("client_id"),
        "method": context.context_http_method(),
        "path": context.context_resource_path(),
        "status": context.context_status(),
        "error": context.context_error_response_type(),
        "latency_ms": context.context_response_latency(),
        "function_ms": context.context_integration_latency(),
        "response_bytes": context.context_response_length(),
        "tls_version": "$context.tlsVersion",
        "cipher_suite": "$context.cipherSuite",
        "waf_status": context.context_waf_status(),
    }
