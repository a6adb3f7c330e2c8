"""What the approver gets: status, security headers, and a text that says what to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from standing_rows import BLOCKED_BODY

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: Final[Mapping[str, str]] = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A response before it becomes JSON.

    Args:
        status: HTTP status.
        fields: The body.
    """

    status: HTTPStatus
    fields: Mapping[str, Any]

    def as_proxy_response(self, request_id: str) -> dict[str, Any]:
        """The response in API Gateway's proxy format."""
        return {
            "statusCode": int(self.status),
            "headers": dict(HEADERS),
            "isBase64Encoded": False,
            "body": json.dumps({**self.fields, "request_id": request_id}),
        }


def rejected(message: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Reply:
    """It may not be done, or not any more."""
    return Reply(status, {"outcome": "rejected", "message": message})


def invalid(message: str) -> Reply:
    """The request is malformed."""
    return Reply(HTTPStatus.BAD_REQUEST, {"outcome": "invalid", "message": message})


def unavailable() -> Reply:
    """Something broke; nothing was decided that was not decided before."""
    return Reply(
        HTTPStatus.SERVICE_UNAVAILABLE,
        {
            "outcome": "unavailable",
            "message": "The decision was not taken down. Make the same one again in a minute.",
        },
    )


BLOCKED: Final = Reply(HTTPStatus.FORBIDDEN, BLOCKED_BODY)
NOT_AN_APPROVER: Final = rejected("Only approvers of a tenant see and decide what waits.")
NOT_YOURS: Final = rejected(
    "You may not decide on this: only an approver of the same tenant may, and nobody on an own request."
)
NO_SUCH_APPROVAL: Final = rejected("There is no such approval.", HTTPStatus.NOT_FOUND)
TOO_LATE: Final = rejected(
    "It was decided already, or its time has run out; nothing was changed.", HTTPStatus.CONFLICT
)
