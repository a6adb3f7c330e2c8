"""Reading the API Gateway event: which call, about which conversation, with what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

CONVERSATION_ID: Final = re.compile(r"[0-9a-f-]{36}")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
RATINGS: Final = ("wrong", "harmful", "helpful")
COMMENT_CHARS: Final = 1000
"""Longest comment, in characters; API Gateway's model must say the same."""


class InvalidRequestError(ValueError):
    """The call breaks its contract; the text is for the user and quotes nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a user thinks of an answer.

    Args:
        conversation_id: Where it stands.
        request_id: Which answer.
        rating: One of ``RATINGS``.
        comment: In the user's words, at most ``COMMENT_CHARS`` characters; None without.
    """

    conversation_id: str
    request_id: str
    rating: str
    comment: str | None


def section(event: object, name: str) -> Mapping[str, object]:
    """A part of the event that is an object; empty where it is missing or none."""
    part = cast("Mapping[str, object]", event).get(name) if isinstance(event, Mapping) else None
    return cast("Mapping[str, object]", part) if isinstance(part, Mapping) else {}


def call_of(event: object) -> str:
    """Method and path as the API declares it, such as ``GET /api/conversations``."""
    whole = section({"event": event}, "event")
    return f"{whole.get('httpMethod')} {whole.get('resource')}"


def conversation_of(event: object) -> str:
    """The conversation in the path.

    Raises:
        InvalidRequestError: It has not the form of an id.
    """
    return _conversation_id(section(event, "pathParameters").get("conversation_id"))


def before_of(event: object) -> str | None:
    """The query's ``before``: only what is older is wanted.

    Raises:
        InvalidRequestError: It is no time as an answer gave it.
    """
    value = section(event, "queryStringParameters").get("before")
    if value is None:
        return None
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise InvalidRequestError("'before' must be a time as an answer's 'older' gave it.")
    return value


def feedback_of(event: object) -> Feedback:
    """The body of ``POST /api/feedback``.

    Raises:
        InvalidRequestError: The body is no JSON object, or a field is missing, unknown or malformed.
    """
    fields = _body(event)
    if not fields.keys() <= {"conversation_id", "request_id", "rating", "comment"}:
        raise InvalidRequestError("The body has unknown fields.")
    request_id, rating, comment = (fields.get(name) for name in ("request_id", "rating", "comment"))
    if not isinstance(request_id, str) or not _REQUEST_ID.fullmatch(request_id):
        raise InvalidRequestError("'request_id' must be the one that the answer gave.")
    if not isinstance(rating, str) or rating not in RATINGS:
        raise InvalidRequestError(f"'rating' must be one of {', '.join(RATINGS)}.")
    if comment is not None and (not isinstance(comment, str) or len(comment) > COMMENT_CHARS):
        raise InvalidRequestError(f"'comment' must be a text of at most {COMMENT_CHARS} characters.")
    return Feedback(
        conversation_id=_conversation_id(fields.get("conversation_id")),
        request_id=request_id,
        rating=rating,
        comment=comment,
    )


def _conversation_id(value: object) -> str:
    if not isinstance(value, str) or not CONVERSATION_ID.fullmatch(value):
        raise InvalidRequestError("The conversation's id must be 36 characters of 0-9, a-f and '-'.")
    return value


def _body(event: object) -> Mapping[str, Any]:
    envelope = section({"event": event}, "event")
    body = envelope.get("body")
    if not isinstance(body, str) or envelope.get("isBase64Encoded"):
        raise InvalidRequestError("The body is missing or binary. Send a JSON object.")
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidRequestError("The body is no JSON. Send a JSON object.") from None
    if not isinstance(parsed, dict):
        raise InvalidRequestError("The body is JSON but no object.")
    return cast("dict[str, Any]", parsed)
