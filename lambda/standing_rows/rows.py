"""One row per user who does not stand well. No row is a good standing; a row that cannot be read is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_INCIDENT: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LONGEST_PAUSE: Final = 3600
_NO_END: Final = 10**12
"""Later than the end of any row that has one."""


class State(StrEnum):
    """From mild to hard."""

    WARNED = "warned"
    SLOWED = "slowed"
    BLOCKED = "blocked"


class StandingError(ValueError):
    """The row is there and says nothing that can be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a user stands.

    Args:
        state: What it means for requests.
        until: When it ends, seconds since 1970; 0 is no end but an operator's.
        pause_seconds: Slowed: one request in so many seconds, 1 to 3,600. Otherwise 0.
        incident: Which incident led to it.
    """

    state: State
    until: int
    pause_seconds: int
    incident: str

    def holds(self, now: float) -> bool:
        """Whether it still counts."""
        return self.until == 0 or now < self.until


def standing_key(user_id: str) -> dict[str, str]:
    """Key of a user's row in the standing table."""
    return {"pk": f"user#{user_id}", "sk": "standing"}


def item_of(user_id: str, standing: Standing) -> dict[str, Any]:
    """The row as DynamoDB keeps it; one with an end expires."""
    row: dict[str, Any] = {
        **{name: {"S": value} for name, value in standing_key(user_id).items()},
        "standing_state": {"S": standing.state.value},
        "until": {"N": str(standing.until)},
        "pause_seconds": {"N": str(standing.pause_seconds)},
        "incident": {"S": standing.incident},
    }
    return row | ({"expires_at": {"N": str(standing.until)}} if standing.until else {})


def unless_harder(standing: Standing, now: int) -> dict[str, Any]:
    """The condition under which a row may be written over: never a harder one that is in force.

    Nor one of the same state that ends later, so that a second write of the same changes nothing. It reads
    the state's name, which every row has, written by hand or not; one that cannot be understood stays.

    Args:
        standing: What is to be written.
        now: Seconds since 1970.

    Returns:
        Arguments of ``PutItem``.
    """
    states = list(State)
    milder = {
        f":milder{at}": {"S": state.value} for at, state in enumerate(states[: states.index(standing.state)])
    }
    parts = [
        "attribute_not_exists(pk)",
        "#until BETWEEN :one AND :now",
        "(#state = :same AND #until BETWEEN :one AND :end)",
        *([f"#state IN ({', '.join(milder)})"] if milder else []),
    ]
    return {
        "ConditionExpression": " OR ".join(parts),
        "ExpressionAttributeNames": {"#state": "standing_state", "#until": "until"},
        "ExpressionAttributeValues": {
            **milder,
            ":same": {"S": standing.state.value},
            ":one": {"N": "1"},
            ":now": {"N": str(now)},
            ":end": {"N": str(standing.until or _NO_END)},
        },
    }


def standing_of(row: Mapping[str, Any]) -> Standing:
    """Read a row strictly.

    Raises:
        StandingError: It is not as ``item_of`` writes it.
    """
    try:
        standing = Standing(
            state=State(row["standing_state"]["S"]),
            until=int(row["until"]["N"]),
            pause_seconds=int(row["pause_seconds"]["N"]),
            incident=row["incident"]["S"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StandingError("a standing is malformed") from error
    slowed = standing.state is State.SLOWED
    if standing.until < 0 or not _INCIDENT.fullmatch(standing.incident):
        raise StandingError("a standing has an impossible value")
    if not (1 if slowed else 0) <= standing.pause_seconds <= (_LONGEST_PAUSE if slowed else 0):
        raise StandingError("a standing has an impossible pause")
    return standing
