"""Lambda entry of the guardrail function, the only one that the API may call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guardrail import responses
from guardrail.outcome import UNEXPECTED, Outcome
from guardrail.recorder import Recorder
from guardrail.request import api_request_id_of
from guardrail.runtime import guardrail
from guardrail.telemetry import logger, metrics, tracer

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


@logger.inject_lambda_context(log_event=False, clear_state=True)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: object, context: LambdaContext) -> dict[str, Any]:
    """Answer one API request.

    Args:
        event: API Gateway's proxy event.
        context: Lambda's context; its request id, which no client can choose, names the request everywhere.

    Returns:
        A proxy response, always: an exception becomes 503 and its text goes nowhere.
    """
    request_id = context.aws_request_id
    try:
        logger.append_keys(api_request_id=api_request_id_of(event))
        reply = guardrail().handle(event, request_id)
        response = reply.as_proxy_response(request_id)
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, the user gets a refusal
        recorder = Recorder(logger, metrics)
        recorder.failed(UNEXPECTED, error)
        recorder.outcome(Outcome.UNAVAILABLE)
        return responses.unavailable().as_proxy_response(request_id)
    logger.info("decided", extra={"outcome": reply.outcome})
    return response
