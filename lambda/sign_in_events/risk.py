"""A strict reading of what threat protection exports: one line, one sign-in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENT_SOURCE: Final = "USER_AUTH_EVENTS"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LEVELS: Final = frozenset({"Low", "Medium", "High"})
_RESPONSES: Final = frozenset({"Pass", "Fail", "InProgress"})


class Risk(StrEnum):
    """What the responder hears of; everything else stays in the bucket."""

    COMPROMISED_CREDENTIALS = "COMPROMISED_CREDENTIALS"
    """The password that was given for the user is known to have leaked; Cognito has refused it."""
    HIGH_RISK_SIGN_IN = "HIGH_RISK_SIGN_IN"
    """It succeeded, second factor included, although Cognito rates its risk as high."""


class LineError(ValueError):
    """A line that Cognito does not write; its text repeats nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskySignIn:
    """One sign-in worth telling.

    Args:
        event_id: Cognito's id of it.
        user_id: The user's subject, never the name that was typed.
        risk: Why it is told.
        time: When, UTC.
    """

    event_id: str
    user_id: str
    risk: Risk
    time: datetime

    def as_detail(self) -> dict[str, str]:
        """The event's detail; neither name nor address nor device."""
        return {
            "event_id": self.event_id,
            "user_id": self.user_id,
            "risk": self.risk.value,
            "time": self.time.isoformat(timespec="milliseconds"),
        }


def risky(line: object) -> RiskySignIn | None:
    """What one line shows; None for a sign-in of no interest.

    An attempt that failed is of none, whatever its risk: it counts against its address already (CloudTrail),
    and must not count against the user whose name somebody tried.

    Raises:
        LineError: It is no such line.
    """
    fields = _object(line)
    message = _object(fields.get("message"))
    if fields.get("eventSource") != EVENT_SOURCE:
        raise LineError("an unknown event source")
    try:
        risk = _risk(message)
        if risk is None or not message.get("userSub"):
            # Without a user it is a name that nobody has.
            return None
        return RiskySignIn(
            event_id=_text(message["eventId"]),
            user_id=_text(message["userSub"]),
            risk=risk,
            time=datetime.fromtimestamp(int(fields["eventTimestamp"]) / 1000, UTC),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise LineError("a malformed sign-in") from error


def _risk(message: Mapping[str, Any]) -> Risk | None:
    compromised = str(message.get("compromisedCredentialDetected", "false")).lower()
    level, response = message.get("riskLevel"), message["eventResponse"]
    if compromised not in {"true", "false"} or response not in _RESPONSES:
        raise LineError("an unknown value")
    if level not in _LEVELS and level not in {None, "", "NoRisk"}:
        raise LineError("an unknown level")
    if compromised == "true":
        return Risk.COMPROMISED_CREDENTIALS
    if (message["eventType"], level, response) == ("SignIn", "High", "Pass"):
        return Risk.HIGH_RISK_SIGN_IN
    return None


def _object(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise LineError("a value of another form")
    return value
