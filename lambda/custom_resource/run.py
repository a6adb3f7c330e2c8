"""Asks the provider and answers CloudFormation exactly once: also when it fails, and when time runs out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

from aws_lambda_powertools import Logger
from botocore.exceptions import ClientError

from custom_resource.outcome import Outcome, RefusedError
from custom_resource.request import Request
from custom_resource.response import NotDeliveredError, deliver, failure, success

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

# Enough for the tries to deliver, before Lambda ends the function.
MARGIN_SECONDS: Final = 18.0
logger = Logger(service="custom-resource")


class Provider(Protocol):
    """Makes, changes and removes one kind of resource. Each call may come twice."""

    def create(self, request: Request) -> Outcome:
        """Make the resource."""
        ...

    def update(self, request: Request) -> Outcome:
        """Change the resource."""
        ...

    def delete(self, request: Request) -> Outcome:
        """Remove the resource; one that is gone is no error."""
        ...


def answer(event: Mapping[str, Any], context: LambdaContext, *, provider: Callable[[], Provider]) -> None:
    """Do what CloudFormation asks, and tell it.

    Args:
        event: CloudFormation's request.
        context: Lambda's context, for the time that is left.
        provider: Makes the provider; what it raises is answered as well.

    Raises:
        RequestError: The event is no request of CloudFormation.
        NotDeliveredError: CloudFormation did not take the answer; Lambda then keeps the request as a dead
            letter.
    """
    request = Request.parse(event)
    once = _Once(request, where=f"log stream {context.log_stream_name}")
    left = max(context.get_remaining_time_in_millis() / 1000 - MARGIN_SECONDS, 0)
    alarm = threading.Timer(left, once.late)
    alarm.daemon = True
    alarm.start()
    try:
        body = _ask(request, provider, once.where)
    finally:
        alarm.cancel()
    once.send(body)


class _Once:
    """Sends the first answer and drops the second: the provider's, or that it took too long."""

    def __init__(self, request: Request, *, where: str) -> None:
        self.where = where
        self._request = request
        self._lock = threading.Lock()
        self._sent = False

    def send(self, body: bytes) -> None:
        with self._lock:
            if not self._sent:
                deliver(self._request.response_url, body)
                self._sent = True

    def late(self) -> None:
        logger.error("out of time", extra={"request": self._request.kind})
        try:
            self.send(failure(self._request, f"It did not end in time. Details: {self.where}."))
        except NotDeliveredError as error:
            logger.error("not delivered", extra={"reason": str(error)})  # noqa: TRY400 - the text says it all


def _ask(request: Request, provider: Callable[[], Provider], where: str) -> bytes:
    try:
        if request.kind == "Delete" and request.never_created:
            return success(request, Outcome())
        body = success(request, _call(request, provider()))
    except RefusedError as refusal:
        logger.warning("refused", extra={"request": request.kind, "reason": str(refusal)})
        return failure(request, str(refusal), physical_id=request.refused_id)
    except Exception as error:  # noqa: BLE001 - whatever broke, CloudFormation must not wait for an hour
        logger.error("failed", extra={"request": request.kind, **_told(error)})  # noqa: TRY400 - a traceback may quote values
        return failure(request, f"{_named(error)}. Details: {where}.")
    logger.info("done", extra={"request": request.kind})
    return body


def _call(request: Request, provider: Provider) -> Outcome:
    if request.kind == "Create":
        return provider.create(request)
    return provider.update(request) if request.kind == "Update" else provider.delete(request)


def _named(error: Exception) -> str:
    """The kind of the error: its text may quote properties, and events of a stack are read by many."""
    if isinstance(error, ClientError):
        return f"{error.operation_name} answered {error.response.get('Error', {}).get('Code', 'an error')}"
    return type(error).__name__


def _told(error: Exception) -> dict[str, str]:
    """For the function's own log; the text of AWS's answer says what to change."""
    said = {"error": _named(error)}
    if isinstance(error, ClientError):
        said["said"] = str(error.response.get("Error", {}).get("Message", ""))
    return said
