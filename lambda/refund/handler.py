"""Lambda entry of the tool `refund`; its role books on orders and does nothing else."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Tracer

from function_environment import FunctionEnvironment
from refund.refunds import Refunds
from tool_calls.clients import store_client
from tool_calls.request import ToolRequest
from tool_registry import tool_named

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "refund")
logger = Logger(service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def refunds() -> Refunds:
    """The bookings of this process."""
    read = FunctionEnvironment(os.environ, function="refund")
    return Refunds(store_client("dynamodb"), read.text("ORDER_TABLE_NAME"))


@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def handler(event: object, _context: LambdaContext) -> dict[str, Any]:
    """Book a refund for the execution of an approved action.

    Args:
        event: tenant, arguments, approval_id.
        _context: Lambda's context.

    Returns:
        status (done, refused) and content.

    Raises:
        ToolRequestError, ArgumentsError, NoDecisionError: The payload is malformed.
        botocore.exceptions.ClientError: The table did not answer.
    """
    return refunds().run(ToolRequest.from_payload(event, tool_named("refund")))
