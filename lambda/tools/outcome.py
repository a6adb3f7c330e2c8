"""What the chat function hears."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Reason(StrEnum):
    """Why a call did not run, for the audit record and the metrics."""

    UNKNOWN_TOOL = "UNKNOWN_TOOL"
    BAD_ARGUMENTS = "BAD_ARGUMENTS"
    NOT_AUTHORISED = "NOT_AUTHORISED"
    AUTHORISATION_UNAVAILABLE = "AUTHORISATION_UNAVAILABLE"
    TOOL_REFUSED = "TOOL_REFUSED"
    FAILED = "FAILED"


# One text for "not yours", "no such order" and "not your role": the difference would tell what exists.
NOT_ALLOWED: Final = (
    "The action was refused: it is not allowed for this user. Tell the user so. Do not try again."
)
UNCLEAR: Final = "The action was refused, since it could not be authorised. Tell the user to try again later."
BROKEN: Final = "The tool failed and nothing is known of its result. Tell the user to try again later."
WAITING: Final = (
    "The action waits for a human of the shop, who may also refuse it. Nothing was done yet: tell the user "
    "that it waits under the number {approval_id}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call ended.

    Args:
        status: ``done``, ``waiting``, ``refused`` or ``failed``.
        content: What the model is told.
        reason: Why it was refused or failed.
        approval_id: Under which number it waits.
    """

    status: str
    content: str
    reason: Reason | None = None
    approval_id: str | None = None

    def as_payload(self) -> dict[str, Any]:
        """For the chat function; what is not set is left out."""
        optional = {"reason": self.reason, "approval_id": self.approval_id}
        given = {name: str(value) for name, value in optional.items() if value is not None}
        return {"status": self.status, "content": self.content, **given}


def refused(reason: Reason, content: str) -> Outcome:
    """Somebody said no."""
    return Outcome(status="refused", content=content, reason=reason)


def failed() -> Outcome:
    """Something broke."""
    return Outcome(status="failed", content=BROKEN, reason=Reason.FAILED)
