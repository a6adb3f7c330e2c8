"""How a request can end, and the error of everything that ends in no answer."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

MODEL_GUARDRAIL: Final = "MODEL_GUARDRAIL"
"""Why a request was refused when the managed guardrail stopped it; the engine's own are its ``Reason``."""
KILL_SWITCH: Final = "KILL_SWITCH"
"""Why nothing was answered when operators have stopped the chatbot."""
SLOWED: Final = "SLOWED"
"""Why a user must wait whom the responder has slowed down."""
UNEXPECTED: Final = "UNEXPECTED"
"""Why nothing was answered when an error came that nobody planned for."""


class Outcome(StrEnum):
    """The ids of the HTTP contract, of the audit records and of the log."""

    ANSWERED = "answered"
    REFUSED = "refused"
    BLOCKED = "blocked"
    QUOTA_EXCEEDED = "quota_exceeded"
    UNAVAILABLE = "unavailable"
    INVALID = "invalid"


class FailedClosedError(Exception):
    """Something that must work did not, so nothing is released; each kind names its ``reason``."""

    reason: ClassVar[str] = UNEXPECTED
