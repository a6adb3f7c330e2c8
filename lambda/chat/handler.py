"""Lambda entry of the chat function, the only one that may invoke the model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chat.runtime import chat
from chat.telemetry import count, logger, metrics, tracer
from chat.turn import Turn
from streaming_runtime import StreamedResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from streaming_runtime import Write


class ChatFailedError(RuntimeError):
    """The turn failed; names the class of the cause, whose text may quote the user and stays here."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any] | StreamedResponse:
    """Answer one turn for the guardrail function.

    Args:
        event: request_id, user_id, roles, tenant, conversation_id, message, canary; with ``stream`` true, the
            answer is written as JSON, one object a line: ``text`` pieces, then one ``answer`` with the rest.
        context: Lambda's context.

    Returns:
        What ``Chat.answer`` returns, or a response that streams it.

    Raises:
        ChatFailedError: Anything failed; the guardrail function then refuses.
    """
    if event.get("stream") is True:
        return StreamedResponse(lambda write: _stream(event, context, write=write))
    answered: dict[str, Any] = _answer(event, context)
    return answered


@logger.inject_lambda_context(log_event=False)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def _answer(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    return _answered(event, None)


@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def _stream(event: dict[str, Any], _context: LambdaContext, *, write: Write) -> None:
    def line(kind: str, fields: dict[str, Any]) -> None:
        write(json.dumps({"type": kind, **fields}).encode() + b"\n")

    answered = _answered(event, lambda text: line("text", {"text": text}))
    line("answer", {name: value for name, value in answered.items() if name != "answer"})


def _answered(event: dict[str, Any], emit: Callable[[str], None] | None) -> dict[str, Any]:
    try:
        answered = chat().answer(Turn.from_payload(event), emit)
    except Exception as error:  # noqa: BLE001 - whatever broke, the guardrail function gets a failure
        # No traceback: it may quote the user.
        logger.error("failed", extra={"error": type(error).__name__})
        count("ChatFailed")
        # Not chained: Lambda logs the whole chain.
        raise ChatFailedError(type(error).__name__) from None
    usage = answered["usage"]
    count("InputTokens", usage["input_tokens"])
    count("OutputTokens", usage["output_tokens"])
    logger.info("answered", extra={"stop_reason": answered["stop_reason"], "usage": usage})
    return answered
