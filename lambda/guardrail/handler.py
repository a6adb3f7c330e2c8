"""Lambda entry of the guardrail function, the only one that the API may call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guardrail import responses
from guardrail.outcome import UNEXPECTED, Outcome
from guardrail.recorder import Recorder
from guardrail.request import api_request_id_of, wants_stream
from guardrail.runtime import guardrail
from guardrail.shown import Shown
from guardrail.telemetry import logger, metrics, tracer
from streaming_runtime import HTTP_RESPONSE, StreamedResponse

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from streaming_runtime import Write


def handler(event: object, context: LambdaContext) -> dict[str, Any] | StreamedResponse:
    """Answer one API request.

    Args:
        event: API Gateway's proxy event.
        context: Lambda's context; its request id, which no client can choose, names the request everywhere.

    Returns:
        A proxy response, or one that streams when the route is the streamed one.
    """
    if wants_stream(event):
        return StreamedResponse(lambda write: _stream(event, context, write=write), HTTP_RESPONSE)
    response: dict[str, Any] = _answer(event, context)
    return response


@logger.inject_lambda_context(log_event=False, clear_state=True)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def _answer(event: object, context: LambdaContext) -> dict[str, Any]:
    """A proxy response, always: an exception becomes 503 and its text goes nowhere."""
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


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def _stream(event: object, context: LambdaContext, *, write: Write) -> None:
    """The same in segments."""
    request_id = context.aws_request_id
    logger.append_keys(api_request_id=api_request_id_of(event))
    try:
        flow = guardrail()
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, the user gets a refusal
        recorder = Recorder(logger, metrics)
        recorder.failed(UNEXPECTED, error)
        recorder.outcome(Outcome.UNAVAILABLE)
        Shown(write, request_id).end(responses.unavailable())
        return
    # The flow ends in a line of its own, whatever breaks; an error here is one of the way out.
    outcome = flow.stream(event, request_id, write)
    logger.info("decided", extra={"outcome": outcome, "streamed": True})
