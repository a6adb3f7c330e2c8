"""Lambda entry of the chat function, the only one that may invoke the model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from chat.runtime import chat
from chat.turn import Turn

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "chat")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


class ChatFailedError(RuntimeError):
    """The turn failed; names the class of the cause, whose text may quote the user and stays here."""


@logger.inject_lambda_context(log_event=False)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Answer one turn for the guardrail function.

    Args:
        event: request_id, user_id, conversation_id, message, canary.
        _context: Lambda's context.

    Returns:
        answer, stop_reason, guardrail_intervened, usage.

    Raises:
        ChatFailedError: Anything failed; the guardrail function then refuses.
    """
    try:
        answered = chat().answer(Turn.from_payload(event))
    except Exception as error:  # noqa: BLE001 - whatever broke, the guardrail function gets a failure
        logger.error("failed", extra={"error": type(error).__name__})  # noqa: TRY400 - a traceback may quote the user
        metrics.add_metric(name="ChatFailed", unit=MetricUnit.Count, value=1)
        # Not chained: Lambda logs the whole chain.
        raise ChatFailedError(type(error).__name__) from None
    usage = answered["usage"]
    metrics.add_metric(name="InputTokens", unit=MetricUnit.Count, value=usage["input_tokens"])
    metrics.add_metric(name="OutputTokens", unit=MetricUnit.Count, value=usage["output_tokens"])
    logger.info("answered", extra={"stop_reason": answered["stop_reason"], "usage": usage})
    return answered
