"""Whatever a machine did, one action of an operator takes back, with all that was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from responder.addresses import Addresses
from responder.users import UnknownUserError
from response_decision.counts import Counts
from response_restore.restorer import RestoreError
from response_rows import ActionKind, ResultStatus

if TYPE_CHECKING:
    from tests.lambda_.responder.conftest import World

DISABLE, SLOW, BLOCK = ActionKind.DISABLE_USER, ActionKind.SLOW_USER, ActionKind.BLOCK_ADDRESS


def _count(world: World, counter: str, subject: str, evidence: str) -> int:
    counts = Counts(client=world.client("dynamodb"), table_name=world.table, window_seconds=600)
    return counts.add(counter, subject, evidence, int(world.clock.timestamp())).total


def test_a_user_is_back_and_starts_from_nothing(world: World) -> None:
    mallory = world.new_user("mallory")
    for number in range(4):
        _count(world, "attacks", mallory, f"r-{number}")
    world.act(SLOW, mallory, "i-1")
    world.act(DISABLE, mallory, "i-2")
    answer = world.restorer.restore("user", mallory, "r-1", "olga")
    assert answer == {"kind": "user", "subject": mallory, "status": "restored"}
    assert (world.enabled("mallory"), world.state(mallory)) == (True, None)
    assert _count(world, "attacks", mallory, "r-9") == 1
    assert world.act(DISABLE, mallory, "i-3").status is ResultStatus.DONE


def test_each_restoration_is_recorded_before_and_after_with_who_asked(world: World) -> None:
    mallory = world.new_user("mallory")
    world.restorer.restore("user", mallory, "r-1", "arn:aws:sts::1:assumed-role/Operator/olga")
    records = [record for key, record in sorted(world.bucket.content.items()) if "restore-r-1" in key]
    assert [record["status"] for record in records] == ["done", "started"]
    assert {record["operator"] for record in records} == {"arn:aws:sts::1:assumed-role/Operator/olga"}


def test_what_was_counted_is_recorded_before_it_is_forgotten(world: World) -> None:
    mallory = world.new_user("mallory")
    for number in range(3):
        _count(world, "attacks", mallory, f"r-{number}")
    _count(world, "noticed", mallory, "r-0")
    world.restorer.restore("user", mallory, "r-1", "olga")
    (started,) = [record for key, record in world.bucket.content.items() if "restore-r-1/started" in key]
    counted = {row["counter"]: (row["total"], row["ids"]) for row in started["counted"]}
    assert counted == {"attacks": (3, ["r-0", "r-1", "r-2"]), "noticed": (1, ["r-0"])}


def test_without_the_record_nothing_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mallory = world.new_user("mallory")
    _count(world, "attacks", mallory, "r-0")
    world.act(DISABLE, mallory, "i-1")

    def broken(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(type(world.restorer.records), "write", broken)
    with pytest.raises(BlockingIOError):
        world.restorer.restore("user", mallory, "r-1", "olga")
    assert _count(world, "attacks", mallory, "r-1") == 2
    assert not world.enabled("mallory")


def test_an_address_is_let_go(world: World) -> None:
    world.act(BLOCK, "8.8.4.4/32", "i-1")
    world.act(BLOCK, "2a00:1450:4001:81b::/64", "i-2")
    world.restorer.restore("address", "8.8.4.4", "r-1", "olga")
    world.restorer.restore("address", "2a00:1450:4001:81b::200e", "r-2", "olga")
    assert world.blocked() == [[], [], [], []]


def test_an_address_is_let_go_by_itself_when_its_time_is_over_and_not_before(world: World) -> None:
    world.act(BLOCK, "8.8.4.4/32")
    world.addresses.change(add=["203.0.113.0/24"])
    world.later(minutes=59)
    assert world.restorer.expire("e-1") == {"expired": 0, "still": 1}
    world.later(minutes=2)
    assert world.restorer.expire("e-2") == {"expired": 1, "still": 0}
    assert world.blocked()[0] == ["203.0.113.0/24"], "what people put in stays"
    assert any("expired-e-2" in key for key in world.bucket.content)
    assert world.act(BLOCK, "8.8.4.4/32", "i-2").status is ResultStatus.DONE


def test_a_block_renewed_while_its_end_is_noted_stays_in_ledger_and_sets(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.act(BLOCK, "8.8.4.4/32", "i-1")
    world.act(BLOCK, "8.8.1.1/32", "i-2")
    world.later(minutes=61)
    change = Addresses.change

    def and_meanwhile(addresses: Addresses, **wanted: list[str]) -> None:
        monkeypatch.setattr(Addresses, "change", change)
        # Another incident blocks it again between the look at what is over and the note that it ended.
        assert world.act(BLOCK, "8.8.4.4/32", "i-3").status is ResultStatus.DONE
        change(addresses, **wanted)

    monkeypatch.setattr(Addresses, "change", and_meanwhile)
    assert world.restorer.expire("e-1") == {"expired": 1, "still": 1}
    assert world.blocked()[0] == world.blocked()[2] == ["8.8.4.4/32"]
    assert set(world.ledger.in_force(BLOCK)) == {"8.8.4.4/32"}
    (record,) = [record for key, record in world.bucket.content.items() if "expired-e-1" in key]
    assert record["addresses"] == ["8.8.1.1/32"]
    world.later(minutes=61)
    assert world.restorer.expire("e-2") == {"expired": 1, "still": 0}
    assert world.blocked()[0] == []


def test_the_list_of_the_responder_fills_an_emptied_set_anew(world: World) -> None:
    """A deployment that reverts drift empties the sets."""
    world.act(BLOCK, "8.8.4.4/32", "i-1")
    world.addresses.change(remove=["8.8.4.4/32"])
    world.act(BLOCK, "8.8.1.1/32", "i-2")
    assert world.blocked()[0] == ["8.8.1.1/32", "8.8.4.4/32"]


@pytest.mark.parametrize(("kind", "subject"), [("everything", ""), ("address", "nonsense")])
def test_what_cannot_be_restored_is_said(world: World, kind: str, subject: str) -> None:
    with pytest.raises(RestoreError, match="Allowed"):
        world.restorer.restore(kind, subject, "r-1", "olga")


def test_a_user_who_is_not_there_is_said(world: World) -> None:
    with pytest.raises(UnknownUserError):
        world.restorer.restore("user", 'x" or sub ^= "', "r-1", "olga")
