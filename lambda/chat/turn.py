"""One turn of a conversation, as the guardrail function hands it over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATTERNS: Final = {
    "request_id": re.compile(r"[A-Za-z0-9_-]{1,128}"),
    # Also a session-tag value and a partition key, so nothing but an id may pass.
    "user_id": re.compile(r"[A-Za-z0-9_-]{1,128}"),
    "conversation_id": re.compile(r"[0-9a-f-]{36}"),
    "message": re.compile(r"(?s).{1,16000}"),
    "canary": re.compile(r"canary-[a-z]{16}"),
}


class TurnError(ValueError):
    """The payload is not what the guardrail function sends; its text never repeats a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A checked payload.

    Args:
        request_id: Id of the guardrail function's invocation.
        user_id: Cognito subject.
        conversation_id: Which conversation.
        message: Screened text of the user.
        canary: Marker for the system prompt.
    """

    request_id: str
    user_id: str
    conversation_id: str
    message: str
    canary: str

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> Turn:
        """Check every field.

        Raises:
            TurnError: A field is missing or has another form.
        """
        fields: dict[str, str] = {}
        for name, pattern in _PATTERNS.items():
            value = payload.get(name)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                raise TurnError(
                    f"payload field {name!r} is missing or malformed. Allowed: {pattern.pattern}. "
                    "Only the guardrail function may call this one."
                )
            fields[name] = value
        return cls(**fields)
