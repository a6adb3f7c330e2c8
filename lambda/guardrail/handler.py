"""Lambda entry of the guardrail function, the only one that the API may call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer

from guardrail import responses
from guardrail.metrics import Recorder
from guardrail.request import request_id_of
from guardrail.runtime import guardrail

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "guardrail")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@logger.inject_lambda_context(log_event=False)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one API request.

    Args:
        event: API Gateway's proxy event.
        context: Lambda's context.

    Returns:
        A proxy response, always: an exception becomes 503 and its text goes nowhere.
    """
    request_id = request_id_of(event, context.aws_request_id)
    try:
        reply = guardrail(metrics).handle(event, request_id)
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, the user gets a refusal
        # The class alone: a message may quote what a user wrote.
        name = type(error).__name__
        logger.error("failed closed", extra={"error": name, "api_request_id": request_id})  # noqa: TRY400 - as above
        Recorder(metrics).outcome("unavailable")
        reply = responses.unavailable()
    else:
        logger.info("decided", extra={"outcome": reply.outcome, "api_request_id": request_id})
    return reply.as_proxy_response(request_id)
