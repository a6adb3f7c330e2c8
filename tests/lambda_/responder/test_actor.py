"""What a machine does, that it is recorded, and that nobody can make it lock everybody out."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from responder.addresses import Addresses, BusyError
from response_rows import ActionKind, ResultStatus

if TYPE_CHECKING:
    from tests.lambda_.responder.conftest import World

DISABLE, SLOW, WARN = ActionKind.DISABLE_USER, ActionKind.SLOW_USER, ActionKind.WARN_USER
BLOCK, SWITCH = ActionKind.BLOCK_ADDRESS, ActionKind.THROW_KILL_SWITCH


def test_a_user_is_disabled_and_their_token_refused_and_both_are_recorded(world: World) -> None:
    mallory = world.new_user("mallory")
    result = world.act(DISABLE, mallory)
    assert result.status is ResultStatus.DONE
    assert (world.enabled("mallory"), world.state(mallory)) == (False, "blocked")
    keys = sorted(world.bucket.content)
    assert keys == [
        "response/2026/11/23/incident-1/disable_user.done.json",
        "response/2026/11/23/incident-1/disable_user.started.json",
    ]
    assert world.bucket.content[keys[1]]["action"]["evidence"] == ["request-1"]


def test_nothing_is_done_that_cannot_be_recorded(world: World) -> None:
    mallory = world.new_user("mallory")
    world.bucket.error = ClientError({"Error": {"Code": "AccessDenied"}}, "PutObject")
    with pytest.raises(ClientError):
        world.act(DISABLE, mallory)
    assert (world.enabled("mallory"), world.state(mallory)) == (True, None)
    # The state machine tries again, and it goes on where it ended.
    world.bucket.error = None
    assert world.act(DISABLE, mallory).status is ResultStatus.DONE
    assert world.enabled("mallory") is False


def test_many_incidents_at_once_disable_a_user_once(world: World) -> None:
    mallory = world.new_user("mallory")
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(world.act, DISABLE, mallory, f"i-{number}") for number in range(8)]
        results = [one.result() for one in asked]
    statuses = Counter(result.status for result in results)
    assert statuses == {ResultStatus.DONE: 1, ResultStatus.IN_FORCE: 7}
    assert len(world.bucket.content) == 2


def test_an_operator_is_never_slowed_or_disabled_by_a_machine(world: World) -> None:
    operator = world.new_user("olga", "tenant-acme", "role-operator")
    for kind in (SLOW, DISABLE):
        result = world.act(kind, operator)
        assert (result.status, result.detail) == (ResultStatus.PROTECTED, "role operator")
    assert (world.enabled("olga"), world.state(operator)) == (True, None)


@pytest.mark.parametrize(
    ("kind", "subject"), [(DISABLE, "mallory"), (BLOCK, "8.8.4.4/32"), (SWITCH, "service")]
)
def test_a_limit_of_zero_lets_nothing_through_not_even_the_first(
    world: World, kind: ActionKind, subject: str
) -> None:
    world.terms = replace(world.terms, users_per_hour=0, addresses_per_hour=0, switches_per_day=0)
    if kind is DISABLE:
        subject = world.new_user(subject)
    result = world.act(kind, subject)
    assert (result.status, result.detail[:2]) == (ResultStatus.LIMITED, "0 ")
    assert (world.state(subject), world.blocked(), world.switch()) == (None, [[], [], [], []], "off")


def test_who_has_another_role_is_not_protected(world: World) -> None:
    helper = world.new_user("helga", "role-support")
    assert world.act(DISABLE, helper).status is ResultStatus.DONE


def test_an_attacker_with_many_accounts_cannot_have_everybody_disabled(world: World) -> None:
    """After three in an hour, people are told only; the next hour has three more."""
    users = [world.new_user(f"user-{number}") for number in range(6)]
    statuses = [world.act(DISABLE, user, f"i-{number}").status for number, user in enumerate(users)]
    assert statuses == [ResultStatus.DONE] * 3 + [ResultStatus.LIMITED] * 3
    assert [world.enabled(f"user-{number}") for number in range(6)] == [False] * 3 + [True] * 3
    limited = [key for key in world.bucket.content if key.endswith("limited.json")]
    assert len(limited) == 3
    world.later(hours=1)
    assert world.act(DISABLE, users[5], "i-9").status is ResultStatus.DONE


def test_the_limit_holds_when_all_come_at_once(world: World) -> None:
    users = [world.new_user(f"user-{number}") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        results = [
            one.result() for one in [pool.submit(world.act, DISABLE, user, f"i-{user}") for user in users]
        ]
    assert Counter(result.status for result in results)[ResultStatus.DONE] == 3


def test_a_limit_of_none_lets_a_machine_disable_nobody(world: World) -> None:
    mallory = world.new_user("mallory")
    world.terms = replace(world.terms, users_per_hour=0, addresses_per_hour=0, switches_per_day=0)
    for kind, subject in ((DISABLE, mallory), (BLOCK, "8.8.4.4/32"), (SWITCH, "service")):
        assert world.act(kind, subject).status is ResultStatus.LIMITED
    assert (world.enabled("mallory"), world.switch()) == (True, "off")
    assert world.blocked() == [[], [], [], []]


def test_in_the_mode_notify_nothing_is_done_and_all_is_recorded(world: World) -> None:
    mallory = world.new_user("mallory")
    world.terms = replace(world.terms, acting=False)
    for kind, subject in ((DISABLE, mallory), (BLOCK, "8.8.4.4/32"), (SWITCH, "service")):
        assert world.act(kind, subject).status is ResultStatus.OFF
    assert (world.enabled("mallory"), world.switch()) == (True, "off")
    assert world.blocked() == [[], [], [], []]
    assert len(world.bucket.content) == 3


def test_a_slowed_user_is_not_made_better_by_a_warning(world: World) -> None:
    mallory = world.new_user("mallory")
    world.act(SLOW, mallory, "i-1")
    world.act(WARN, mallory, "i-2")
    assert world.state(mallory) == "slowed"


def test_a_user_without_an_account_is_refused_all_the_same(world: World) -> None:
    result = world.act(DISABLE, "no-such-user")
    assert (result.status, world.state("no-such-user")) == (ResultStatus.DONE, "blocked")


def test_an_address_is_blocked_everywhere_and_what_people_put_in_stays(world: World) -> None:
    regional = world.sets[0]
    world.addresses.change(add=["203.0.113.0/24"])
    assert world.act(BLOCK, "8.8.4.4/32").status is ResultStatus.DONE
    assert world.blocked() == [["203.0.113.0/24", "8.8.4.4/32"], [], ["203.0.113.0/24", "8.8.4.4/32"], []]
    assert regional.version == 4
    world.act(BLOCK, "2a00:1450:4001:81b::/64", "i-2")
    assert world.blocked()[1] == world.blocked()[3] == ["2a00:1450:4001:81b::/64"]


def test_a_network_of_many_people_is_never_blocked_by_a_machine(world: World) -> None:
    world.protected_networks = ("8.8.0.0/16",)
    result = world.act(BLOCK, "8.8.4.4/32")
    assert (result.status, result.detail) == (ResultStatus.PROTECTED, "network 8.8.0.0/16")
    assert world.blocked() == [[], [], [], []]


def test_an_attacker_at_many_addresses_cannot_have_all_blocked(world: World) -> None:
    addresses = [f"8.8.{number}.4/32" for number in range(4)]
    statuses = [world.act(BLOCK, address, f"i-{address[4]}").status for address in addresses]
    assert statuses == [ResultStatus.DONE] * 2 + [ResultStatus.LIMITED] * 2


def test_two_that_change_a_set_at_once_lose_nothing(world: World) -> None:
    with ThreadPoolExecutor(2) as pool:
        for asked in [
            pool.submit(world.act, BLOCK, f"8.8.{number}.4/32", f"i-{number}") for number in range(2)
        ]:
            asked.result()
    assert world.blocked()[0] == ["8.8.0.4/32", "8.8.1.4/32"]


class Contested:
    """Stands for WAF while somebody else changes a set between our read and our write, so many times."""

    def __init__(self, others: int) -> None:
        self.others, self.held = others, ["203.0.113.0/24"]

    def get_ip_set(self, **_named: str) -> dict[str, Any]:
        return {"IPSet": {"Addresses": list(self.held)}, "LockToken": str(self.others)}

    def update_ip_set(self, **wanted: Any) -> None:
        assert wanted["LockToken"] == str(self.others)
        if self.others:
            self.others -= 1
            self.held.append(f"203.0.112.{self.others}/32")
            raise ClientError({"Error": {"Code": "WAFOptimisticLockException"}}, "UpdateIPSet")
        self.held = wanted["Addresses"]


def _contested(world: World, others: int) -> tuple[Addresses, Contested]:
    waf: Any = Contested(others)

    def client(_region: str | None) -> Any:
        return waf

    return replace(world.addresses, client=client, sets=world.sets[:1]), waf


def test_a_change_between_read_and_write_is_read_again_and_kept(world: World) -> None:
    addresses, waf = _contested(world, 2)
    addresses.change(add=["8.8.4.4/32"])
    assert waf.held == ["203.0.112.0/32", "203.0.112.1/32", "203.0.113.0/24", "8.8.4.4/32"]
    assert len(world.waits) == 2


def test_a_set_that_others_change_all_the_time_is_given_up_loudly(world: World) -> None:
    addresses, _ = _contested(world, 100)
    with pytest.raises(BusyError):
        addresses.change(add=["8.8.4.4/32"])


def test_the_kill_switch_is_thrown_by_a_machine_once_a_day(world: World) -> None:
    """After people have released it, the same attack must not throw it again and again."""
    assert world.act(SWITCH, "service", "i-1").status is ResultStatus.DONE
    assert world.switch() == "on"
    world.restorer.restore("service", "", "r-1", "olga")
    assert world.switch() == "off"
    assert world.act(SWITCH, "service", "i-2").status is ResultStatus.LIMITED
    assert world.switch() == "off"
    world.later(days=1)
    assert world.act(SWITCH, "service", "i-3").status is ResultStatus.DONE
