"""Lambda entry: the state machine hands over an event, and gets what is to be done."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config

from function_environment import FunctionEnvironment
from response_decision.counts import Counts
from response_decision.ladder import Ladder, Thresholds
from response_decision.signal import signal_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "response_decision")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)
# Adding an id a second time changes nothing, so it may be tried again.
_STORE: Final[dict[str, Any]] = {
    "connect_timeout": 1,
    "read_timeout": 2,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


@lru_cache(maxsize=1)
def ladder() -> Ladder:
    """The ladder of this process."""
    read = FunctionEnvironment(os.environ, function="response decision")
    return Ladder(
        Counts(
            client=_boto3.client("dynamodb", config=Config(**_STORE)),
            table_name=read.text("RESPONSE_TABLE_NAME"),
            window_seconds=60 * read.count("WINDOW_MINUTES", least=1),
        ),
        Thresholds(
            warn_after=read.count("WARN_AFTER", least=0),
            slow_after=read.count("SLOW_AFTER", least=0),
            disable_after=read.count("DISABLE_AFTER", least=0),
            block_address_after_users=read.count("BLOCK_ADDRESS_AFTER_USERS", least=0),
            block_address_after_hits=read.count("BLOCK_ADDRESS_AFTER_HITS", least=0),
            kill_switch_after_users=read.count("KILL_SWITCH_AFTER_USERS", least=0),
            kill_switch_after_tenants=read.count("KILL_SWITCH_AFTER_TENANTS", least=0),
        ),
    )


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Count an event and decide.

    Args:
        event: As EventBridge delivers it.
        _context: Lambda's context.

    Returns:
        The plan, mostly without actions.

    Raises:
        Exception: Nobody writes such an event, or it could not be counted: the execution fails, which an
            alarm tells.
    """
    metrics.add_metric(name="SignalsReceived", unit=MetricUnit.Count, value=1)
    plan = ladder().plan(signal_of(event))
    logger.info("decided", extra={"actions": [action.kind.value for action in plan.actions]})
    return plan.as_json()
