"""Counting on a real table, and what follows from counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from response_decision.counts import MOST_COUNTED, Counts
from response_decision.ladder import Ladder, Thresholds
from response_decision.signal import Kind, Signal
from response_rows import ActionKind

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = 1_795_456_800
LIMITS = Thresholds(
    warn_after=2,
    slow_after=3,
    disable_after=4,
    block_address_after_users=3,
    block_address_after_hits=50,
    kill_switch_after_users=3,
    kill_switch_after_tenants=0,
)


@pytest.fixture
def counts(dynamodb: DynamoDBClient, table: str) -> Counts:
    return Counts(client=dynamodb, table_name=table, window_seconds=600)


@pytest.fixture
def ladder(counts: Counts) -> Ladder:
    return Ladder(counts, LIMITS)


def _attack(number: int, *, user: str = "mallory", kind: Kind = Kind.ATTACK, **more: Any) -> Signal:
    return Signal(
        kind=kind,
        reason=more.pop("reason", "PROMPT_INJECTION"),
        evidence=f"request-{number}",
        time=NOW,
        owasp=("LLM01",),
        user_id=user,
        **more,
    )


def _kinds(ladder: Ladder, *signals: Signal) -> list[list[ActionKind]]:
    return [[action.kind for action in ladder.plan(signal).actions] for signal in signals]


def test_an_id_counts_once_however_often_it_comes(counts: Counts) -> None:
    for _ in range(2):
        counts.add("attacks", "mallory", "request-1", NOW, 5)
    counted = counts.add("attacks", "mallory", "request-1", NOW, 5)
    assert (counted.total, counted.ids) == (5, ("request-1",))


def test_many_at_once_are_all_counted(counts: Counts) -> None:
    with ThreadPoolExecutor(20) as pool:
        for one in [pool.submit(counts.add, "attacks", "m", f"r-{n % 40}", NOW) for n in range(120)]:
            one.result()
    assert counts.add("attacks", "m", "r-0", NOW).total == 40


def test_windows_and_subjects_do_not_mix(counts: Counts) -> None:
    counts.add("attacks", "mallory", "request-1", NOW)
    assert counts.add("attacks", "mallory", "request-2", NOW + 1200).total == 1
    assert counts.add("attacks", "alice", "request-3", NOW).total == 1
    assert counts.add("noticed", "mallory", "request-4", NOW).total == 1


def test_the_end_of_a_window_hides_nobody(counts: Counts, ladder: Ladder) -> None:
    edge = NOW - NOW % 600
    plans = [ladder.plan(replace(_attack(number), time=edge - 2 + number)) for number in range(4)]
    assert [action.kind for action in plans[-1].actions] == [ActionKind.DISABLE_USER]
    # Somebody who is in both windows is still one.
    counts.add("leaks", "service", "alice", edge - 1)
    assert counts.add("leaks", "service", "alice", edge).total == 1
    assert counts.add("leaks", "service", "bob", edge).total == 2


def test_a_row_does_not_grow_without_end(counts: Counts, dynamodb: DynamoDBClient, table: str) -> None:
    ids = [f"r-{number}" for number in range(MOST_COUNTED)]
    counts.add("attacks", "m", "r-0", NOW)
    dynamodb.update_item(
        TableName=table,
        Key={"pk": {"S": "attacks#m"}, "sk": {"S": f"window#{NOW // 600:012d}"}},
        UpdateExpression="SET #i = :i, #t = :t",
        ExpressionAttributeNames={"#i": "ids", "#t": "total"},
        ExpressionAttributeValues={":i": {"SS": ids}, ":t": {"N": str(MOST_COUNTED)}},
    )
    assert counts.add("attacks", "m", "one-more", NOW).total == MOST_COUNTED


def test_a_user_is_warned_then_slowed_then_disabled(ladder: Ladder) -> None:
    told = _kinds(ladder, *(_attack(number) for number in range(5)))
    disable = [ActionKind.DISABLE_USER]
    assert told == [[], [ActionKind.WARN_USER], [ActionKind.SLOW_USER], disable, disable]


def test_the_same_event_again_leads_to_the_same_plan(ladder: Ladder) -> None:
    for number in range(3):
        ladder.plan(_attack(number))
    plan = ladder.plan(_attack(3))
    assert ladder.plan(_attack(3)) == plan
    assert plan.actions[0].count == 4
    assert plan.actions[0].evidence == ("request-0", "request-1", "request-2", "request-3")


def test_what_a_user_may_not_have_meant_slows_them_and_never_more(ladder: Ladder) -> None:
    told = _kinds(ladder, *(_attack(number, kind=Kind.SUSPICION) for number in range(30)))
    assert told[-1] == [ActionKind.SLOW_USER]


def test_leaks_are_held_against_no_user(ladder: Ladder) -> None:
    leaks = [_attack(number, kind=Kind.LEAK, reason="CANARY_LEAK") for number in range(30)]
    assert _kinds(ladder, *leaks) == [[]] * 30


def test_one_attacker_at_a_shared_address_blocks_it_for_nobody(ladder: Ladder) -> None:
    """Behind one address there may be a whole company."""
    attacks = [_attack(number, address="8.8.4.4/32") for number in range(40)]
    assert ActionKind.BLOCK_ADDRESS not in {kind for kinds in _kinds(ladder, *attacks) for kind in kinds}


def test_several_attackers_at_one_address_block_it(ladder: Ladder) -> None:
    attacks = [_attack(number, user=f"m-{number}", address="8.8.4.4/32") for number in range(3)]
    assert _kinds(ladder, *attacks) == [[], [], [ActionKind.BLOCK_ADDRESS]]


def test_refusals_without_a_user_block_an_address_by_their_number(ladder: Ladder) -> None:
    hit = Signal(
        kind=Kind.HIT, reason="WEB_ACL_BLOCKED", evidence="e-1", time=NOW, address="8.8.4.4/32", hits=49
    )
    assert _kinds(ladder, hit, hit, replace(hit, evidence="e-2", hits=1)) == [
        [],
        [],
        [ActionKind.BLOCK_ADDRESS],
    ]


def _leak(number: int, user: str, *, at: int = 1, reason: str = "CANARY_LEAK", **more: Any) -> Signal:
    more.setdefault("address", f"8.8.{at}.4/32")
    return _attack(number, user=user, kind=Kind.LEAK, reason=reason, **more)


def test_the_kill_switch_needs_leaks_of_the_prompt_to_several_users_at_as_many_addresses(
    ladder: Ladder,
) -> None:
    alone = [_leak(number, "mallory", at=number) for number in range(50)]
    assert _kinds(ladder, *alone) == [[]] * 50
    others = [_leak(200, "alice"), _leak(201, "bob", at=2)]
    assert _kinds(ladder, *others) == [[], [ActionKind.THROW_KILL_SWITCH]]
    (thrown,) = ladder.plan(others[1]).actions
    assert thrown.evidence == ("alice", "bob", "mallory")


@pytest.mark.parametrize("reason", ["SECRET_LEAK", "PII_LEAK", "UNSAFE_LINK"])
def test_what_anybody_can_ask_for_never_throws_the_switch(ladder: Ladder, reason: str) -> None:
    """`Give me an example of an access key` is no leak, and needs no attack."""
    asked = [_leak(number, f"user-{number}", at=number, reason=reason) for number in range(30)]
    assert _kinds(ladder, *asked) == [[]] * 30


def test_many_accounts_at_few_addresses_do_not_throw_the_switch(ladder: Ladder) -> None:
    asked = [_leak(number, f"user-{number}", at=number % 2) for number in range(30)]
    nowhere = [_leak(100 + number, f"user-{number}", address=None) for number in range(30)]
    assert _kinds(ladder, *asked, *nowhere) == [[]] * 60


def test_the_users_of_one_tenant_do_not_stop_the_chatbot_of_all(counts: Counts) -> None:
    ladder = Ladder(counts, replace(LIMITS, kill_switch_after_tenants=2))
    acme = [_leak(number, f"user-{number}", at=number, tenant="acme") for number in range(9)]
    without = [_leak(100 + number, f"other-{number}", at=number, tenant=None) for number in range(9)]
    assert _kinds(ladder, *acme, *without) == [[]] * 18
    assert _kinds(ladder, _leak(300, "zoe", at=9, tenant="umbrella")) == [[ActionKind.THROW_KILL_SWITCH]]


def test_a_finding_is_told_and_leads_to_nothing_else(ladder: Ladder) -> None:
    found = Signal(
        kind=Kind.FINDING, reason="Impact:IAMUser/CostHarvesting", evidence="f-1", time=NOW, owasp=("LLM10",)
    )
    assert _kinds(ladder, found) == [[ActionKind.NOTIFY]]


def test_a_leaked_password_is_told_once_a_window_and_held_against_nobody(ladder: Ladder) -> None:
    tried = [_attack(number, kind=Kind.COMPROMISE, reason="COMPROMISED_CREDENTIALS") for number in range(9)]
    again = replace(tried[0], user_id="alice")
    assert _kinds(ladder, *tried, again) == [[ActionKind.NOTIFY], *[[]] * 8, [ActionKind.NOTIFY]]
    (told,) = ladder.plan(again).actions
    assert (told.subject, told.evidence) == ("service", ("alice",))


def test_risky_sign_ins_warn_and_slow_and_never_disable(ladder: Ladder) -> None:
    """Each had password and second factor; but a journey looks like a theft."""
    many = [_attack(number, kind=Kind.SUSPICION, reason="HIGH_RISK_SIGN_IN") for number in range(9)]
    assert ActionKind.DISABLE_USER not in {kind for kinds in _kinds(ladder, *many) for kind in kinds}
    assert _kinds(ladder, many[-1]) == [[ActionKind.SLOW_USER]]


def test_a_threshold_of_zero_switches_its_action_off(counts: Counts) -> None:
    off = Ladder(counts, Thresholds(**dict.fromkeys(LIMITS.__dataclass_fields__, 0)))
    attacks = [_attack(number, user=f"m-{number % 4}", address="8.8.4.4/32") for number in range(40)]
    assert _kinds(off, *attacks) == [[]] * 40
