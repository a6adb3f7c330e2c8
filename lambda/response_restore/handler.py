"""Lambda entry of the restoration: invoked by operators, and by the clock for what has expired."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from function_environment import FunctionEnvironment
from responder.ledger import Ledger
from responder.records import Records
from responder.runtime import addresses, client, users
from responder.users import UnknownUserError
from response_restore.restorer import RestoreError, Restorer

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "response_restore")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def restorer() -> Restorer:
    """What restores."""
    read = FunctionEnvironment(os.environ, function="restore")
    return Restorer(
        ledger=Ledger(client=client("dynamodb"), table_name=read.text("RESPONSE_TABLE_NAME")),
        records=Records(client("s3"), read.text("AUDIT_BUCKET_NAME")),
        users=users(read),
        addresses=addresses(read),
        parameters=client("ssm"),
        kill_switch=read.text("KILL_SWITCH_PARAMETER"),
        table=client("dynamodb"),
    )


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Restore, or let go what has expired.

    Args:
        event: ``{"kind": "user" | "address" | "service", "subject": …, "operator": …}``, or
            ``{"expire": true}`` by the clock.
        context: Lambda's context.

    Returns:
        What was restored, or ``{"status": "refused", "message": …}`` with what is allowed.

    Raises:
        Exception: A step failed; the same again goes on where it ended.
    """
    metrics.add_metric(name="RestoreCalls", unit=MetricUnit.Count, value=1)
    request = context.aws_request_id
    if event.get("expire") is True:
        answer = restorer().expire(request)
        logger.info("expired", extra={"addresses": answer["expired"]})
        return answer
    try:
        kind, subject, operator = (str(event.get(name, "")) for name in ("kind", "subject", "operator"))
        answer = restorer().restore(kind, subject, request, operator)
    except RestoreError as error:
        return {"status": "refused", "message": str(error)}
    except UnknownUserError:
        return {"status": "refused", "message": "The user pool has no such user. Give the id (sub)."}
    metrics.add_metric(name="Restored", unit=MetricUnit.Count, value=1)
    logger.info("restored", extra={"kind": kind})
    return answer
