"""Lambda entry: the state machine has a human's yes, and the action is done or refused for good."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from approved_action.execution import Execution
from approved_action.store import DecidedApprovals
from function_environment import FunctionEnvironment
from tool_calls import Authoriser, Orders, Runner
from tool_calls.clients import store_client, tool_client

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "approved_action")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def execution() -> Execution:
    """The execution of this process."""
    read = FunctionEnvironment(os.environ, function="approved action")
    dynamodb = store_client("dynamodb")
    return Execution(
        approvals=DecidedApprovals(dynamodb, read.text("APPROVAL_TABLE_NAME")),
        authoriser=Authoriser(store_client("verifiedpermissions"), read.text("POLICY_STORE_ID")),
        orders=Orders(dynamodb, read.text("ORDER_TABLE_NAME")),
        runner=Runner(tool_client(), {"refund": read.text("REFUND_FUNCTION_NAME")}),
    )


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Execute one approved action.

    Args:
        event: approval_id, tenant.
        _context: Lambda's context.

    Returns:
        status (done, refused) and a reason.

    Raises:
        Exception: Something did not answer. The state machine runs this again; the tool does nothing twice.
    """
    approval_id = event["approval_id"]
    outcome = execution().run(event["tenant"], approval_id)
    metrics.add_metric(name=f"Action{outcome['status'].capitalize()}", unit=MetricUnit.Count, value=1)
    logger.info("executed", extra={"approval_id": approval_id, **outcome})
    return dict(outcome)
