"""Lambda entry: messages of the review queue become rows that reviewers list, decide and export."""

from __future__ import annotations

import hashlib
import json
import os
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config
from botocore.exceptions import ClientError

from function_environment import FunctionEnvironment
from review_intake.review import review_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "review_intake")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
_KEEP_SECONDS: Final = 365 * 24 * 3600
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 2,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def _table() -> tuple[Any, str]:
    read = FunctionEnvironment(os.environ, function="review intake")
    return _boto3.client("dynamodb", config=Config(**_STORE)), read.text("REVIEW_TABLE_NAME")


@logger.inject_lambda_context(log_event=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Keep each message as an open review.

    Args:
        event: A batch of the queue.
        _context: Lambda's context.

    Returns:
        The messages that could not be kept; they come again, and in the end go to the dead letters.
    """
    failures: list[dict[str, str]] = []
    for record in event["Records"]:
        try:
            _keep(record["body"])
        except Exception as error:  # noqa: BLE001 - one message must not hold up the others
            # A text or a traceback may quote what a user wrote.
            logger.error("not kept", extra={"error": type(error).__name__})  # noqa: TRY400 - see above
            failures.append({"itemIdentifier": record["messageId"]})
    kept = len(event["Records"]) - len(failures)
    metrics.add_metric(name="ReviewsTaken", unit=MetricUnit.Count, value=kept)
    metrics.add_metric(name="ReviewsNotTaken", unit=MetricUnit.Count, value=len(failures))
    return {"batchItemFailures": failures}


def _keep(body: str) -> None:
    review = review_of(json.loads(body))
    client, table = _table()
    # The same message has the same id, so that a second delivery finds its row and changes nothing.
    review_id = hashlib.sha256(json.dumps(review, sort_keys=True).encode()).hexdigest()[:24]
    row = {
        "pk": "review",
        "sk": f"{review['time']}#{review_id}",
        "review_id": review_id,
        "review_state": "open",
        **{name: value for name, value in review.items() if value is not None},
    }
    try:
        client.put_item(
            TableName=table,
            Item={name: {"S": value} for name, value in row.items()}
            | {"expires_at": {"N": str(int(time.time()) + _KEEP_SECONDS)}},
            ConditionExpression="attribute_not_exists(pk)",
        )
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
            raise
