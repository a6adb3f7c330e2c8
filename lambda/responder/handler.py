"""Lambda entry of the responder: the state machine hands over an action, or results to tell people of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.metrics import MetricUnit, single_metric
from botocore.exceptions import BotoCoreError, ClientError

from responder import runtime
from responder.notice import Place, findings_of, message_of, worth_telling
from responder.telemetry import logger, metrics, tracer
from response_rows import Action, Result, ResultStatus
from response_rows.plan import incident_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_lambda_powertools.utilities.typing import LambdaContext

STATUS_METRICS = {
    ResultStatus.DONE: "ResponsesDone",
    ResultStatus.FAILED: "ResponsesFailed",
    ResultStatus.IN_FORCE: "ResponsesInForce",
    ResultStatus.LIMITED: "ResponsesLimited",
    ResultStatus.OFF: "ResponsesOff",
    ResultStatus.PROTECTED: "ResponsesProtected",
}
"""Name of the metric that counts each ending."""


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Act, or tell.

    Args:
        event: ``step`` (``act`` or ``tell``), ``incident``, and ``action`` or ``results``.
        context: Lambda's context.

    Returns:
        The result of the action; of telling, what was told.

    Raises:
        Exception: It did not work: the state machine tries again, and in the end tells people that it did
            not.
    """
    metrics.add_metric(name="ResponseSteps", unit=MetricUnit.Count, value=1)
    incident = incident_of(event["incident"])
    logger.append_keys(incident=incident)
    if event["step"] == "tell":
        results = [Result.from_json(entry) for entry in event["results"]]
        for result in results:
            _count(result)
        return _tell(worth_telling(results), incident, context)
    result = runtime.actor().act(Action.from_json(event["action"]), incident)
    logger.info("acted", extra={"kind": result.action.kind, "status": result.status})
    return result.as_json()


def _count(result: Result) -> None:
    metrics.add_metric(name=STATUS_METRICS[result.status], unit=MetricUnit.Count, value=1)
    if result.status is ResultStatus.DONE:
        with single_metric(
            name="Responses",
            unit=MetricUnit.Count,
            value=1,
            namespace=metrics.namespace,
            default_dimensions={"service": metrics.service or "responder"},
        ) as metric:
            metric.add_dimension(name="action", value=result.action.kind.value)


def _tell(results: Sequence[Result], incident: str, context: LambdaContext) -> dict[str, Any]:
    if not results:
        return {"told": 0, "filed": 0}
    now = datetime.now(UTC)
    subject, text = message_of(results, incident, now)
    teller = runtime.teller()
    # People first. A Security Hub that is off or silent must not keep the message back, nor repeat it.
    teller.topic.publish(TopicArn=teller.topic_arn, Subject=subject, Message=text)
    filed = 0
    if teller.findings:
        parts = context.invoked_function_arn.split(":")
        place = Place(
            partition=parts[1],
            region=parts[3],
            account=parts[4],
            function_arn=":".join(parts[:7]),
        )
        filed = _file(findings_of(results, incident, now, place))
    return {"told": len(results), "filed": filed}


def _file(findings: Sequence[dict[str, Any]]) -> int:
    if not findings:
        return 0
    try:
        wanted: Any = list(findings)
        answer = runtime.teller().hub.batch_import_findings(Findings=wanted)
        failed = int(answer["FailedCount"])
    except (BotoCoreError, ClientError, KeyError, ValueError) as error:
        logger.error("findings not filed", extra={"error": type(error).__name__})
        failed = len(findings)
    if failed:
        metrics.add_metric(name="FindingsNotFiled", unit=MetricUnit.Count, value=failed)
    return len(findings) - failed
