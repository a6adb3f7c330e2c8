"""From counts to actions, by thresholds. Nothing here acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from response_decision.counts import NOTHING, Counted
from response_decision.signal import PROVEN_LEAKS, Kind
from response_rows import Action, ActionKind, Plan
from response_rows.plan import (
    ATTACKERS,
    ATTACKS,
    COMPROMISED,
    FINDINGS,
    HITS,
    LEAK_ADDRESSES,
    LEAK_TENANTS,
    LEAKS,
    MOST_EVIDENCE,
    NOTICED,
    SERVICE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from response_decision.counts import Counts
    from response_decision.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How many in one window lead to what. 0 never does.

    Args:
        warn_after: Attacks or suspicions of one user: their next refusal says what comes next.
        slow_after: The same: they may ask once in a while.
        disable_after: Attacks, and only attacks, of one user: their access ends.
        block_address_after_users: So many users attacked from one address: it is blocked.
        block_address_after_hits: So many refusals by web ACL or sign-in of one address: it is blocked.
        kill_switch_after_users: From the answers to so many users, at as many addresses, the system prompt
            had to be stopped: the chatbot stops.
        kill_switch_after_tenants: And those users are of so many tenants. 0 does not ask for tenants.
    """

    warn_after: int
    slow_after: int
    disable_after: int
    block_address_after_users: int
    block_address_after_hits: int
    kill_switch_after_users: int
    kill_switch_after_tenants: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Decides.

    Args:
        counts: Counts.
        thresholds: When what follows.
    """

    counts: Counts
    thresholds: Thresholds

    def plan(self, signal: Signal) -> Plan:
        """What follows from one signal, hardest first. The same signal again leads to the same plan."""
        return Plan(actions=tuple(self._actions(signal)))

    def _actions(self, signal: Signal) -> Iterator[Action]:
        if signal.kind is Kind.FINDING:
            found = self.counts.add(FINDINGS, SERVICE, signal.evidence, signal.time)
            yield _action(ActionKind.NOTIFY, SERVICE, signal, found, "findings of GuardDuty")
        if signal.kind is Kind.LEAK and signal.reason in PROVEN_LEAKS and signal.user_id:
            yield from self._leaks(signal, signal.user_id)
        if signal.kind is Kind.COMPROMISE and signal.user_id:
            yield from self._compromise(signal, signal.user_id)
        if signal.kind in {Kind.ATTACK, Kind.SUSPICION} and signal.user_id:
            yield from self._user(signal, signal.user_id)
        if signal.address and signal.kind in {Kind.ATTACK, Kind.HIT}:
            yield from self._address(signal, signal.address)

    def _user(self, signal: Signal, user_id: str) -> Iterator[Action]:
        limits = self.thresholds
        noticed = self.counts.add(NOTICED, user_id, signal.evidence, signal.time)
        attacks = NOTHING
        if signal.kind is Kind.ATTACK:
            attacks = self.counts.add(ATTACKS, user_id, signal.evidence, signal.time)
        if _reached(attacks, limits.disable_after):
            yield _action(ActionKind.DISABLE_USER, user_id, signal, attacks, "attacks of one user")
        elif _reached(noticed, limits.slow_after):
            yield _action(ActionKind.SLOW_USER, user_id, signal, noticed, "refusals of one user")
        elif _reached(noticed, limits.warn_after):
            yield _action(ActionKind.WARN_USER, user_id, signal, noticed, "refusals of one user")

    def _address(self, signal: Signal, address: str) -> Iterator[Action]:
        limits = self.thresholds
        if signal.user_id:
            # By users, not by attacks: one attacker behind a shared address is stopped as a user.
            counted = self.counts.add(ATTACKERS, address, signal.user_id, signal.time)
            threshold, what = limits.block_address_after_users, "attackers at one address"
        else:
            counted = self.counts.add(HITS, address, signal.evidence, signal.time, signal.hits)
            threshold, what = limits.block_address_after_hits, "refusals of one address"
        if _reached(counted, threshold):
            yield _action(ActionKind.BLOCK_ADDRESS, address, signal, counted, what)

    def _leaks(self, signal: Signal, user_id: str) -> Iterator[Action]:
        """One attacker has many accounts sooner than many addresses, and a tenant poisons only its own."""
        limits = self.thresholds
        users = self.counts.add(LEAKS, SERVICE, user_id, signal.time)
        places = self._distinct(LEAK_ADDRESSES, signal.address, signal)
        tenants = self._distinct(LEAK_TENANTS, signal.tenant, signal)
        enough = min(users.total, places.total)
        if 0 < limits.kill_switch_after_users <= enough and tenants.total >= limits.kill_switch_after_tenants:
            what = f"users at {places.total} addresses met leaking answers"
            yield _action(ActionKind.THROW_KILL_SWITCH, SERVICE, signal, users, what)

    def _distinct(self, counter: str, value: str | None, signal: Signal) -> Counted:
        """How many of them the window has; without one of its own, a signal leads to nothing."""
        return NOTHING if value is None else self.counts.add(counter, SERVICE, value, signal.time)

    def _compromise(self, signal: Signal, user_id: str) -> Iterator[Action]:
        found = self.counts.add(COMPROMISED, user_id, signal.evidence, signal.time)
        # Once a window: whoever has the password could tell people as often as they like.
        if found.total == 1:
            who = Counted(1, (user_id,))
            yield _action(ActionKind.NOTIFY, SERVICE, signal, who, "user whose password has leaked")


def _reached(counted: Counted, threshold: int) -> bool:
    return 0 < threshold <= counted.total


def _action(kind: ActionKind, subject: str, signal: Signal, counted: Counted, what: str) -> Action:
    return Action(
        kind=kind,
        subject=subject,
        reason=f"{counted.total} {what} ({signal.reason})",
        owasp=signal.owasp,
        count=counted.total,
        # The newest cannot be told apart, so the notice carries any of them; the row holds all.
        evidence=counted.ids[:MOST_EVIDENCE],
    )
