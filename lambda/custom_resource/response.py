"""Brings the answer to the pre-signed address."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from custom_resource.outcome import Outcome
    from custom_resource.request import Request

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html (read 2026-11-24)
MOST_BYTES: Final = 4096
_MOST_REASON: Final = 1000
_MOST_ID_BYTES: Final = 1024
_TIMEOUT_SECONDS: Final = 5
_PAUSES: Final = (0.2, 1.0)
# A slow receiver spends up to three time-outs in one try; no try starts after this.
_LAST_START_SECONDS: Final = 8


class NotDeliveredError(RuntimeError):
    """Nobody took the answer; out of the handler, it makes Lambda keep the request as a dead letter."""


def success(request: Request, outcome: Outcome) -> bytes:
    """The body that says that the request was done, or why its outcome cannot be told."""
    physical_id = outcome.physical_id or request.physical_id
    body = _body(request, physical_id, Status="SUCCESS", Data=dict(outcome.data), NoEcho=outcome.no_echo)
    if len(physical_id.encode()) > _MOST_ID_BYTES:
        return failure(request, f"The physical id has more than {_MOST_ID_BYTES} bytes. Make it shorter.")
    if len(body) > MOST_BYTES:
        return failure(
            request,
            f"The answer has {len(body)} bytes, and CloudFormation takes {MOST_BYTES}. Return less data.",
            # What was made must be found again when CloudFormation cleans up.
            physical_id=physical_id,
        )
    return body


def failure(request: Request, reason: str, *, physical_id: str | None = None) -> bytes:
    """The body that says why the request was not done."""
    return _body(request, physical_id or request.physical_id, Status="FAILED", Reason=reason[:_MOST_REASON])


def deliver(url: str, body: bytes) -> None:
    """Put the body at the address, in up to three tries, the last of which starts within 8 s.

    No proxy and no redirect: it goes to the host that the request named, or nowhere.

    Raises:
        NotDeliveredError: Nobody took it. The address is a secret and not in the text.
    """
    said = ""
    until = time.monotonic() + _LAST_START_SECONDS
    for pause in (0.0, *_PAUSES):
        if time.monotonic() + pause > until:
            break
        time.sleep(pause)
        try:
            status = _put(url, body)
        except (OSError, HTTPException) as error:
            said = type(error).__name__
        else:
            if 200 <= status < 300:  # noqa: PLR2004 - HTTP's success
                return
            said = f"HTTP {status}"
    raise NotDeliveredError(f"CloudFormation did not take the answer: {said}.")


def _put(url: str, body: bytes) -> int:
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.netloc, timeout=_TIMEOUT_SECONDS)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        # The pre-signed address holds for an empty content type only.
        connection.request("PUT", path, body=body, headers={"Content-Type": ""})
        return connection.getresponse().status
    finally:
        connection.close()


def _body(request: Request, physical_id: str, **fields: Any) -> bytes:
    return json.dumps(
        {
            "StackId": request.stack_id,
            "RequestId": request.request_id,
            "LogicalResourceId": request.logical_id,
            "PhysicalResourceId": physical_id,
            **fields,
        },
    ).encode()
