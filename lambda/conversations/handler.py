"""Lambda entry of the conversations function."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit, single_metric

from api_reply import proxy_response
from conversations.flow import refusal
from conversations.request import call_of
from conversations.runtime import service

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "conversations")
_NAMESPACE = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=_NAMESPACE, service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@logger.inject_lambda_context(log_event=False)
# Neither an answer nor an error's text may reach a trace.
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: object, context: LambdaContext) -> dict[str, Any]:
    """Answer one API request.

    Args:
        event: API Gateway's proxy event.
        context: Lambda's context.

    Returns:
        A proxy response, always: an exception becomes 503 and its text goes nowhere.
    """
    metrics.add_metric(name="Calls", unit=MetricUnit.Count, value=1)
    try:
        answer = service().answer(event)
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, the user gets no details
        # A text or a traceback may quote what a user wrote.
        logger.error("failed closed", extra={"error": type(error).__name__})  # noqa: TRY400 - see above
        metrics.add_metric(name="FailedClosed", unit=MetricUnit.Count, value=1)
        answer = refusal(503, "unavailable", "That did not work. Try again in a minute.")
    else:
        logger.info("answered", extra={"call": call_of(event), "status": answer.status})
    if answer.rating:
        _count_feedback(answer.rating)
    body = answer.body
    if body is not None and "outcome" in body:
        body = {**body, "request_id": context.aws_request_id}
    return proxy_response(answer.status, body)


def _count_feedback(rating: str) -> None:
    """Count it by rating, as a metric of its own since the dimension differs."""
    with single_metric(
        name="Feedback",
        unit=MetricUnit.Count,
        value=1,
        namespace=_NAMESPACE,
        default_dimensions={"service": _SERVICE},
    ) as metric:
        metric.add_dimension(name="rating", value=rating)
