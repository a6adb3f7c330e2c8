"""What every answer to the API has in common: JSON, not stored, not guessed at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: Final[Mapping[str, str]] = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
"""On every response. No CORS header: page and API share one origin."""


def proxy_response(
    status: int, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A response in API Gateway's proxy format.

    Args:
        status: HTTP status.
        body: Becomes JSON; None is an empty body.
        headers: Headers beside ``HEADERS``.
    """
    # A lone half of a surrogate pair is no UTF-8; as an escape it is JSON.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    return {
        "statusCode": status,
        "headers": {**HEADERS, **(headers or {})},
        "isBase64Encoded": False,
        "body": "" if body is None else text,
    }
