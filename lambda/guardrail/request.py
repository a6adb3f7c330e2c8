"""Reading the API Gateway event: who asks, and what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast

import caller_identity
from function_environment.limits import MESSAGE_CHARS
from guardrail.outcome import FailedClosedError

STREAM_RESOURCE: Final = "/api/chat/stream"
"""The route, as API Gateway names it; the API's construct must say the same."""
_CONVERSATION_ID: Final = re.compile(r"[0-9a-f-]{36}")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_FIELDS: Final = frozenset({"message", "conversation_id"})


class InvalidRequestError(ValueError):
    """The body breaks the schema or says nothing; its text is for the user and quotes nothing of it."""


class IdentityError(FailedClosedError):
    """The event names no authorised user of one tenant: it did not come through the authorizer."""

    reason: ClassVar[str] = "IDENTITY_MISSING"


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A body that keeps the schema.

    Args:
        message: 1 to ``limits.MESSAGE_CHARS`` characters.
        conversation_id: Conversation to go on with; None starts a new one.
    """

    message: str
    conversation_id: str | None


def _section(value: object, *path: str) -> Mapping[str, Any]:
    for key in path:
        value = cast("Mapping[str, object]", value).get(key) if isinstance(value, Mapping) else None
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def wants_stream(event: object) -> bool:
    """Whether the request came by the route whose answers are streamed."""
    return _section({"event": event}, "event").get("resource") == STREAM_RESOURCE


def api_request_id_of(event: object) -> str | None:
    """API Gateway's request id, which a client can choose (``x-amzn-RequestId``); None when it is no id."""
    request_id = _section(event, "requestContext").get("requestId")
    return request_id if isinstance(request_id, str) and _ID.fullmatch(request_id) else None


def caller_of(event: object) -> caller_identity.Caller:
    """Whose token the authorizer checked.

    Raises:
        IdentityError: It names nobody, or somebody of two tenants.
    """
    try:
        return caller_identity.caller_of(event)
    except caller_identity.IdentityError as error:
        raise IdentityError(str(error)) from None


def chat_request_of(event: object) -> ChatRequest:
    """The body of the request.

    Raises:
        InvalidRequestError: The body is no JSON object, or a field is missing, unknown, of another type,
            too short or too long.
    """
    envelope = _section({"event": event}, "event")
    body = envelope.get("body")
    if not isinstance(body, str) or envelope.get("isBase64Encoded"):
        raise InvalidRequestError("The body is missing or binary. Send a JSON object with a 'message'.")
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidRequestError("The body is no JSON. Send a JSON object with a 'message'.") from None
    if not isinstance(parsed, dict):
        raise InvalidRequestError("The body is JSON but no object. Send an object with a 'message'.")
    fields = cast("dict[str, object]", parsed)
    if not fields.keys() <= _FIELDS:
        raise InvalidRequestError("The body has unknown fields. Allowed: 'message' and 'conversation_id'.")
    return ChatRequest(_message(fields.get("message")), _conversation(fields.get("conversation_id")))


def _message(value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MESSAGE_CHARS:
        raise InvalidRequestError(f"'message' must be a string of 1 to {MESSAGE_CHARS} characters.")
    return value


def _conversation(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _CONVERSATION_ID.fullmatch(value):
        raise InvalidRequestError(
            "'conversation_id' must be 36 characters of 0-9, a-f and '-', as an answer gave it."
        )
    return value
