"""Lambda entry: scan results of the landing bucket, by the queue. What fails comes again, alone.

Once an hour the queue brings no result but the order to look for documents that wait too long: they were
never scanned, or what was to be done with them failed for good.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from ingestion.event import is_look, landed
from ingestion.flow import NotYetError, Outcome
from ingestion.runtime import ingestion, settings, waiting

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "ingestion")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)
METRICS = {
    Outcome.PUBLISHED: "DocumentPublished",
    Outcome.QUARANTINED: "DocumentQuarantined",
    Outcome.GONE: "DocumentGone",
}
"""Name of the metric that counts each ending."""


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Ingest a batch.

    Args:
        event: Records of the queue; the body of each is an event of EventBridge.
        _context: Lambda's context.

    Returns:
        batchItemFailures: the records that have to come again, or to go to the dead letters.
    """
    failures = [record["messageId"] for record in event["Records"] if not _ingest(record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failures]}


def _ingest(record: dict[str, Any]) -> bool:
    try:
        if is_look(record["body"]):
            metrics.add_metric(name="DocumentsWaiting", unit=MetricUnit.Count, value=waiting().count())
            return True
        found = landed(record["body"], settings().landing_bucket_name)
        outcome = ingestion().run(found)
    except NotYetError:
        # GuardDuty tags and tells in any order: the record comes again, and the dead letters are watched.
        metrics.add_metric(name="DocumentNotYetTagged", unit=MetricUnit.Count, value=1)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it was, the record comes again and nothing was published
        # The error's text may hold a stranger's words; its type does not.
        logger.error(  # noqa: TRY400 - a traceback would carry the text along
            "not ingested", extra={"message_id": record.get("messageId"), "error": type(error).__name__}
        )
        metrics.add_metric(name="DocumentNotIngested", unit=MetricUnit.Count, value=1)
        return False
    metrics.add_metric(name=METRICS[outcome], unit=MetricUnit.Count, value=1)
    logger.info("ingested", extra={"outcome": outcome, "landing_version": found.version_id})
    return True
