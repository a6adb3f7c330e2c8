"""Lambda entry of the tool `order_lookup`; its role reads orders and does nothing else."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Tracer

from function_environment import FunctionEnvironment
from order_lookup.lookup import OrderLookup
from tool_calls.clients import store_client
from tool_calls.request import ToolRequest
from tool_registry import tool_named

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "order_lookup")
logger = Logger(service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def order_lookup() -> OrderLookup:
    """The look-up of this process."""
    read = FunctionEnvironment(os.environ, function="order look-up")
    return OrderLookup(store_client("dynamodb"), read.text("ORDER_TABLE_NAME"))


@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def handler(event: object, _context: LambdaContext) -> dict[str, Any]:
    """Look an order up for the broker.

    Args:
        event: tenant, arguments.
        _context: Lambda's context.

    Returns:
        status (done, refused) and content for the model.

    Raises:
        ToolRequestError, ArgumentsError: The payload is malformed.
        botocore.exceptions.ClientError: The table did not answer. None of these texts quotes an order.
    """
    return order_lookup().run(ToolRequest.from_payload(event, tool_named("order_lookup")))
