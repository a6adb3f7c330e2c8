"""Lambda entry: the state machine hands over an action that waits for a human."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Tracer

from approval_request.store import ApprovalRequests
from function_environment import FunctionEnvironment
from tool_calls.clients import store_client

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "approval_request")
logger = Logger(service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def requests() -> ApprovalRequests:
    """The store of this process."""
    read = FunctionEnvironment(os.environ, function="approval request")
    return ApprovalRequests(
        client=store_client("dynamodb"),
        table_name=read.text("APPROVAL_TABLE_NAME"),
        wait=timedelta(minutes=read.count("APPROVAL_MINUTES", least=1)),
    )


@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    """Keep the approval.

    Args:
        event: token, action.
        _context: Lambda's context.

    Returns:
        Nothing; the wait goes on until the token is used.

    Raises:
        Exception: It could not be kept, so the state machine fails and nothing is done.
    """
    requests().store(event)
    logger.info("waiting", extra={"approval_id": event["action"]["approval_id"]})
    return {}
