"""Lambda entry of the approvals: what waits for a human, and the human's decision."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

from approvals.desk import Desk
from approvals.request import InvalidRequestError, decision_of
from approvals.responses import BLOCKED, Reply, invalid, rejected, unavailable
from approvals.store import Approvals
from caller_identity import IdentityError, caller_of
from function_environment import FunctionEnvironment
from standing_rows import BlockedUserError, Gate
from tool_calls import Authoriser, Person
from tool_calls.clients import store_client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "approvals")
logger = Logger(service=_SERVICE)
metrics = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE)
tracer = Tracer(service=_SERVICE)


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The desk of this process."""
    read = FunctionEnvironment(os.environ, function="approvals")
    return Desk(
        approvals=Approvals(store_client("dynamodb"), read.text("APPROVAL_TABLE_NAME")),
        authoriser=Authoriser(store_client("verifiedpermissions"), read.text("POLICY_STORE_ID")),
        client=store_client("stepfunctions"),
    )


@lru_cache(maxsize=1)
def gate() -> Gate:
    """Keeps blocked users out."""
    read = FunctionEnvironment(os.environ, function="approvals")
    client = store_client("dynamodb")
    return Gate(lambda _user_id: client, read.text("STANDING_TABLE_NAME"))


@logger.inject_lambda_context(log_event=False, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one API request.

    Args:
        event: API Gateway's proxy event.
        context: Lambda's context.

    Returns:
        A proxy response, always: an exception becomes 503 and its text goes nowhere.
    """
    try:
        reply = _reply(event)
    except Exception as error:  # noqa: BLE001 - fail closed: whatever broke, nothing more was decided
        logger.error("failed", extra={"error": type(error).__name__})  # noqa: TRY400 - a traceback may quote the user
        reply = unavailable()
    metrics.add_metric(name="ApprovalRequests", unit=MetricUnit.Count, value=1)
    logger.info("answered", extra={"status": int(reply.status)})
    return reply.as_proxy_response(context.aws_request_id)


def _reply(event: Mapping[str, Any]) -> Reply:
    try:
        caller = caller_of(event)
        gate().check(caller.user_id, datetime.now(UTC))
        decision = decision_of(event)
    except BlockedUserError:
        return BLOCKED
    except IdentityError:
        return rejected("Sign in as a user of one tenant.")
    except InvalidRequestError as error:
        return invalid(str(error))
    person = Person(user_id=caller.user_id, roles=caller.roles, tenant=caller.tenant)
    return desk().waiting(person) if decision is None else desk().decide(person, decision)
