"""What is to be done, against whom, on what evidence; and what became of it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVICE: Final = "service"
"""Subject of what concerns the chatbot as a whole."""
MOST_EVIDENCE: Final = 20
"""So many ids a notice carries; the rest is in the table."""
NOTICED, ATTACKS, ATTACKERS, HITS, LEAKS, LEAK_ADDRESSES, LEAK_TENANTS, FINDINGS, COMPROMISED = (
    "noticed", "attacks", "attackers", "hits", "leaks", "leak_addresses", "leak_tenants", "findings",
    "compromised",
)  # fmt: skip
"""Counters of the response table."""
COUNTERS_OF_USERS: Final = (NOTICED, ATTACKS, COMPROMISED)
COUNTERS_OF_ADDRESSES: Final = (ATTACKERS, HITS)
COUNTERS_OF_THE_SERVICE: Final = (LEAKS, LEAK_ADDRESSES, LEAK_TENANTS)
_SUBJECT: Final = re.compile(r"[A-Za-z0-9_:./-]{1,128}")
_INCIDENT: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")


class ActionKind(StrEnum):
    """From mild to hard; ``notify`` only tells people."""

    NOTIFY = "notify"
    WARN_USER = "warn_user"
    SLOW_USER = "slow_user"
    DISABLE_USER = "disable_user"
    BLOCK_ADDRESS = "block_address"
    THROW_KILL_SWITCH = "throw_kill_switch"


class ResultStatus(StrEnum):
    """How an action ended. Only ``done`` has changed something."""

    DONE = "done"
    IN_FORCE = "in_force"
    PROTECTED = "protected"
    LIMITED = "limited"
    OFF = "off"
    FAILED = "failed"


class PlanError(ValueError):
    """Not a plan as the decision writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action.

    Args:
        kind: What to do.
        subject: A user's id, an address, or ``SERVICE``.
        reason: Which counter went over which threshold, for people.
        owasp: OWASP risks of what was counted.
        count: How many were counted.
        evidence: Ids of what was counted, at most ``MOST_EVIDENCE``: requests, users or findings.
    """

    kind: ActionKind
    subject: str
    reason: str
    owasp: tuple[str, ...]
    count: int
    evidence: tuple[str, ...]

    @classmethod
    def from_json(cls, value: object) -> Action:
        """Read one strictly.

        Raises:
            PlanError: It is none.
        """
        try:
            fields = cast("Mapping[str, Any]", value)
            action = cls(
                kind=ActionKind(fields["kind"]),
                subject=_text(fields["subject"], _SUBJECT),
                reason=str(fields["reason"])[:200],
                owasp=tuple(_listed(fields["owasp"])),
                count=int(fields["count"]),
                evidence=tuple(_listed(fields["evidence"])),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise PlanError("an action is malformed") from error
        of_service = action.kind in {ActionKind.NOTIFY, ActionKind.THROW_KILL_SWITCH}
        if (action.subject == SERVICE) is not of_service:
            raise PlanError("an action and its subject do not fit")
        return action

    def as_json(self) -> dict[str, Any]:
        """For the state machine."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one event leads to.

    Args:
        actions: In this order; mostly none.
    """

    actions: tuple[Action, ...]

    def as_json(self) -> dict[str, Any]:
        """For the state machine."""
        return {"actions": [action.as_json() for action in self.actions]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an action.

    Args:
        action: The action.
        status: How it ended.
        until: When its effect ends by itself, seconds since 1970; 0: not by itself, or there is none.
        detail: More for people: which role protects, which limit; no content.
    """

    action: Action
    status: ResultStatus
    until: int = 0
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the state machine and the records."""
        return {
            "action": self.action.as_json(),
            "status": self.status.value,
            "until": self.until,
            "detail": self.detail,
        }

    @classmethod
    def from_json(cls, value: object) -> Result:
        """Read one; what the state machine caught instead of one is a failure.

        Raises:
            PlanError: It is none.
        """
        fields: Mapping[str, Any] = cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}
        action = Action.from_json(fields.get("action"))
        if "error" in fields:
            return cls(action=action, status=ResultStatus.FAILED, detail="the action failed after all tries")
        try:
            return cls(
                action=action,
                status=ResultStatus(fields["status"]),
                until=int(fields["until"]),
                detail=str(fields["detail"])[:200],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise PlanError("a result is malformed") from error


def count_key(counter: str, subject: str, window: int) -> dict[str, Any]:
    """Key of a counter's row."""
    return {"pk": {"S": f"{counter}#{subject}"}, "sk": {"S": f"window#{window:012d}"}}


def incident_of(value: object) -> str:
    """The name of an execution of the state machine, which names the incident.

    Raises:
        PlanError: It is none.
    """
    return _text(value, _INCIDENT)


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise PlanError(f"a value does not match {pattern.pattern}")
    return value


def _listed(value: object) -> list[str]:
    entries: Sequence[object] = cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()
    if len(entries) > MOST_EVIDENCE or not all(isinstance(entry, str) for entry in entries):
        raise PlanError("a list is none of a few texts")
    return [_text(entry, _SUBJECT) for entry in entries]
