"""Lambda entry of the broker: the only way from the model to a tool."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from tool_registry import TOOLS
from tools.call import Call
from tools.outcome import failed
from tools.runtime import broker

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "tools")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@logger.inject_lambda_context(log_event=False, clear_state=True)
# Neither the answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: object, _context: LambdaContext) -> dict[str, Any]:
    """Run one call of a tool for the chat function.

    Args:
        event: request_id, user_id, roles, tenant, tool, arguments.
        _context: Lambda's context.

    Returns:
        status (done, waiting, refused, failed), content for the model, and where it applies reason and
        approval_id. Always: an exception becomes ``failed`` and its text goes nowhere.
    """
    try:
        call = Call.from_payload(event)
        logger.append_keys(guardrail_request_id=call.request_id)
        outcome = broker().handle(call)
        # The model may write any text where a name belongs; only a known one may be logged.
        tool = call.tool if isinstance(call.tool, str) and call.tool in TOOLS else "unknown"
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, nothing ran as asked
        logger.error("failed", extra={"error": type(error).__name__})  # noqa: TRY400 - a traceback may quote the user
        tool, outcome = "unknown", failed()
    metrics.add_metric(name=f"Tool{outcome.status.capitalize()}", unit=MetricUnit.Count, value=1)
    logger.info("decided", extra={"tool": tool, "status": outcome.status, "reason": outcome.reason})
    return outcome.as_payload()
