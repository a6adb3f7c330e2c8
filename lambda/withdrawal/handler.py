"""Lambda entry: an operator withdraws a document by its digest, or has it judged anew."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config

from document_records import DocumentTable, KnowledgeBase, Passages
from function_environment import FunctionEnvironment
from withdrawal.flow import Request, RequestError, Withdrawal

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "withdrawal")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)
_CALLS: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 10,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def withdrawal() -> Withdrawal:
    """The withdrawal of this process.

    Raises:
        SettingsError: The environment is not complete; nothing is cached then.
    """
    read = FunctionEnvironment(os.environ, function="withdrawal")
    bucket = read.text("TRUSTED_BUCKET_NAME")
    return Withdrawal(
        DocumentTable(_boto3.client("dynamodb", config=Config(**_CALLS)), read.text("DOCUMENT_TABLE_NAME")),
        KnowledgeBase(
            _boto3.client("bedrock-agent", config=Config(**_CALLS)),
            read.text("KNOWLEDGE_BASE_ID"),
            read.text("DATA_SOURCE_ID"),
            bucket,
        ),
        Passages(_boto3.client("s3", config=Config(**_CALLS)), bucket),
    )


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Withdraw one digest, or release it from quarantine.

    Args:
        event: sha256, reason, tenant where not every tenant's document is meant, and release (true) where the
            document shall be judged anew instead.
        _context: Lambda's context.

    Returns:
        sha256, known, withdrawn or released (tenant, title, uri, status_before); or error, for a request not
        allowed.

    Raises:
        Exception: A service did not answer. Make the same request again.
    """
    try:
        request = Request.from_event(event)
    except RequestError as error:
        metrics.add_metric(name="WithdrawalRefused", unit=MetricUnit.Count, value=1)
        return {"error": str(error)}
    if request.release:
        answer = withdrawal().release(request)
        metrics.add_metric(name="DocumentReleased", unit=MetricUnit.Count, value=len(answer["released"]))
        logger.info("released", extra={"sha256": request.sha256, "count": len(answer["released"])})
        return answer
    answer = withdrawal().run(request)
    metrics.add_metric(name="DocumentWithdrawn", unit=MetricUnit.Count, value=len(answer["withdrawn"]))
    logger.info("withdrawn", extra={"sha256": request.sha256, "count": len(answer["withdrawn"])})
    return answer
