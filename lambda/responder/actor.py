"""One action: within its limits, recorded before and after, and safe to try again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from responder.users import UnknownUserError
from response_rows import ActionKind, Result, ResultStatus
from standing_rows import Standing, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_ssm import SSMClient

    from responder.addresses import Addresses
    from responder.ledger import Ledger
    from responder.records import Records
    from responder.users import Users
    from response_rows import Action

HOUR: Final = 3600
DAY: Final = 24 * HOUR
SWITCH_ON: Final = "on"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How far a machine may go.

    Args:
        acting: False: everything is counted, recorded and told, and nothing is done.
        slowed_seconds: How long a user is warned or slowed.
        pause_seconds: A slowed user has one request in so many seconds.
        blocked_seconds: How long an address is blocked.
        users_per_hour: So many users at most are disabled in an hour.
        addresses_per_hour: So many addresses at most are blocked in an hour.
        switches_per_day: So often at most the kill switch is thrown in a day; 0: people are told only.
    """

    acting: bool
    slowed_seconds: int
    pause_seconds: int
    blocked_seconds: int
    users_per_hour: int
    addresses_per_hour: int
    switches_per_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Acts.

    Args:
        ledger: What is in force, and what may still be done.
        records: Where each action is recorded.
        users: Users and their standing.
        addresses: Blocked addresses.
        parameters: Parameter Store.
        kill_switch: Name of the parameter that stops the chatbot.
        terms: How far it goes.
        now: Clock, UTC.
    """

    ledger: Ledger
    records: Records
    users: Users
    addresses: Addresses
    parameters: SSMClient
    kill_switch: str
    terms: Terms
    now: Callable[[], datetime] = field(default=_utc_now)

    def act(self, action: Action, incident: str) -> Result:
        """Do one thing, or say why not.

        Args:
            action: What.
            incident: Name of the execution.

        Raises:
            Exception: It did not work, or could not be recorded; the same call again goes on where it ended.
        """
        now = self.now()
        at = int(now.timestamp())
        if not self.terms.acting or action.kind is ActionKind.NOTIFY:
            status = ResultStatus.DONE if action.kind is ActionKind.NOTIFY else ResultStatus.OFF
            return self._recorded(Result(action=action, status=status), incident, now)
        if protecting := self._protecting(action):
            result = Result(action=action, status=ResultStatus.PROTECTED, detail=protecting)
            return self._recorded(result, incident, now)
        until = at + lasting if (lasting := self._lasting(action.kind)) else 0
        held = self.ledger.in_force(action.kind).get(action.subject)
        if held is not None and held.holds(at):
            # Not by this incident, or it did all but say so.
            if not self.ledger.begin(action, incident, at, until):
                return self._in_force(action, at)
        elif not self._slot(action, incident, at):
            result = Result(action=action, status=ResultStatus.LIMITED, detail=self._limit(action.kind))
            return self._recorded(result, incident, now)
        elif not self.ledger.begin(action, incident, at, until):
            return self._in_force(action, at)
        started = {"incident": incident, "action": action.as_json(), "status": "started", "until": until}
        self.records.write(f"{incident}/{action.kind}.started", now, started)
        detail = self._do(action, incident, until)
        result = Result(action=action, status=ResultStatus.DONE, until=until, detail=detail)
        return self._recorded(result, incident, now)

    def _in_force(self, action: Action, at: int) -> Result:
        """Nothing is added; but whoever is out stays out, in the name of the incident that put them out."""
        held = self.ledger.in_force(action.kind).get(action.subject)
        if held is not None and action.kind is ActionKind.DISABLE_USER:
            self.users.block(action.subject, held.incident, at)
        return Result(action=action, status=ResultStatus.IN_FORCE, until=0 if held is None else held.until)

    def _recorded(self, result: Result, incident: str, now: datetime) -> Result:
        content = {"incident": incident, **result.as_json()}
        self.records.write(f"{incident}/{result.action.kind}.{result.status}", now, content)
        return result

    def _protecting(self, action: Action) -> str | None:
        if action.kind in {ActionKind.SLOW_USER, ActionKind.DISABLE_USER}:
            try:
                role = self.users.protecting_role(action.subject)
            except UnknownUserError:
                return None
            return None if role is None else f"role {role}"
        if action.kind is ActionKind.BLOCK_ADDRESS:
            network = self.addresses.protecting_network(action.subject)
            return None if network is None else f"network {network}"
        return None

    def _lasting(self, kind: ActionKind) -> int:
        lasting: Mapping[ActionKind, int] = {
            ActionKind.WARN_USER: self.terms.slowed_seconds,
            ActionKind.SLOW_USER: self.terms.slowed_seconds,
            ActionKind.BLOCK_ADDRESS: self.terms.blocked_seconds,
        }
        return lasting.get(kind, 0)

    def _limits(self, kind: ActionKind) -> tuple[int, int] | None:
        return {
            ActionKind.DISABLE_USER: (HOUR, self.terms.users_per_hour),
            ActionKind.BLOCK_ADDRESS: (HOUR, self.terms.addresses_per_hour),
            ActionKind.THROW_KILL_SWITCH: (DAY, self.terms.switches_per_day),
        }.get(kind)

    def _limit(self, kind: ActionKind) -> str:
        period, most = self._limits(kind) or (HOUR, 0)
        return f"{most} in {period // HOUR} h"

    def _slot(self, action: Action, incident: str, at: int) -> bool:
        limits = self._limits(action.kind)
        if limits is None:
            return True
        period, most = limits
        # The switch has one subject only, so each throw takes a slot of its own.
        taker = incident if action.kind is ActionKind.THROW_KILL_SWITCH else action.subject
        return self.ledger.take_slot(action.kind, taker, period=period, most=most, now=at)

    def _do(self, action: Action, incident: str, until: int) -> str:
        at = int(self.now().timestamp())
        if action.kind is ActionKind.DISABLE_USER:
            try:
                self.users.disable(action.subject, incident, at)
            except UnknownUserError:
                return "no such account; its tokens are refused"
        elif action.kind in {ActionKind.WARN_USER, ActionKind.SLOW_USER}:
            slowed = action.kind is ActionKind.SLOW_USER
            standing = Standing(
                state=State.SLOWED if slowed else State.WARNED,
                until=until,
                pause_seconds=self.terms.pause_seconds if slowed else 0,
                incident=incident,
            )
            self.users.set_standing(action.subject, standing, at)
        elif action.kind is ActionKind.BLOCK_ADDRESS:
            blocked = self.ledger.in_force(ActionKind.BLOCK_ADDRESS)
            self.addresses.change(add=[entry for entry, held in blocked.items() if held.holds(at)])
        else:
            self.parameters.put_parameter(Name=self.kill_switch, Value=SWITCH_ON, Overwrite=True)
        return ""
