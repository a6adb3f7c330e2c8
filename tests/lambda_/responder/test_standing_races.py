"""Executions of a burst interleave; however they do, nobody who was put out gets the chat back."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from response_rows import ActionKind, ResultStatus
from standing_rows import Standing, State, item_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.lambda_.responder.conftest import World

DISABLE, SLOW, WARN = ActionKind.DISABLE_USER, ActionKind.SLOW_USER, ActionKind.WARN_USER
PAUSES = {State.WARNED: 0, State.SLOWED: 30, State.BLOCKED: 0}


class Interleaved:
    """DynamoDB, where something happens just before the next call of one operation."""

    def __init__(self, table: Any, operation: str, meanwhile: Callable[[], object]) -> None:
        self._table, self._operation, self._meanwhile = table, operation, meanwhile

    def __getattr__(self, name: str) -> Any:
        """Any operation of the table."""
        call = getattr(self._table, name)
        if name != self._operation:
            return call

        def after_others(**arguments: Any) -> Any:
            happens, self._meanwhile = self._meanwhile, lambda: None
            happens()
            return call(**arguments)

        return after_others


def _standing(state: State, until: int, incident: str = "i-1") -> Standing:
    return Standing(state=state, until=until, pause_seconds=PAUSES[state], incident=incident)


def _row(world: World, user: str) -> Standing:
    key = {"pk": {"S": f"user#{user}"}, "sk": {"S": "standing"}}
    return standing_of(world.client("dynamodb").get_item(TableName=world.standing, Key=key)["Item"])


@pytest.mark.parametrize("milder", [SLOW, WARN])
def test_a_disable_that_comes_just_before_a_milder_write_stands(world: World, milder: ActionKind) -> None:
    mallory = world.new_user("mallory")
    dynamodb: Any = world.client("dynamodb")

    def disable() -> None:
        dynamodb_of(world, dynamodb)
        assert world.act(DISABLE, mallory, "i-2").status is ResultStatus.DONE

    dynamodb_of(world, Interleaved(dynamodb, "put_item", disable))
    world.act(milder, mallory, "i-1")
    assert (_row(world, mallory).state, _row(world, mallory).incident) == (State.BLOCKED, "i-2")


def dynamodb_of(world: World, table: Any) -> None:
    """Let the world's actions use this table from now on."""
    build = world.client
    world.client = lambda service: table if service == "dynamodb" else build(service)


@pytest.mark.parametrize("order", list(itertools.permutations(State)), ids="-".join)
def test_in_whatever_order_they_are_written_the_hardest_is_left(
    world: World, order: tuple[State, ...]
) -> None:
    for state in order:
        until = 0 if state is State.BLOCKED else 2_000
        world.users.set_standing("mallory", _standing(state, until), 1_000)
    assert _row(world, "mallory").state is State.BLOCKED


def test_a_burst_at_once_leaves_the_user_out(world: World) -> None:
    mallory = world.new_user("mallory")
    kinds = [WARN, SLOW, DISABLE, SLOW, WARN, DISABLE, SLOW, SLOW]
    with ThreadPoolExecutor(8) as pool:
        for asked in [pool.submit(world.act, kind, mallory, f"i-{n}") for n, kind in enumerate(kinds)]:
            asked.result()
    assert (world.state(mallory), world.enabled("mallory")) == ("blocked", False)


@pytest.mark.parametrize("left", [None, State.SLOWED])
def test_a_disable_in_force_puts_its_row_right_again(world: World, left: State | None) -> None:
    mallory = world.new_user("mallory")
    world.act(DISABLE, mallory, "i-1")
    dynamodb = world.client("dynamodb")
    dynamodb.delete_item(
        TableName=world.standing, Key={"pk": {"S": f"user#{mallory}"}, "sk": {"S": "standing"}}
    )
    if left is not None:
        row = item_of(mallory, _standing(left, int(world.clock.timestamp()) + 60))
        dynamodb.put_item(TableName=world.standing, Item=row)
    assert world.act(DISABLE, mallory, "i-2").status is ResultStatus.IN_FORCE
    assert (_row(world, mallory).state, _row(world, mallory).incident) == (State.BLOCKED, "i-1")


def test_what_has_ended_gives_way_and_what_was_written_by_hand_does_not(world: World) -> None:
    users = world.users
    assert users.set_standing("a", _standing(State.SLOWED, 1_000), 500)
    assert not users.set_standing("a", _standing(State.WARNED, 2_000), 999)
    assert users.set_standing("a", _standing(State.WARNED, 2_000), 1_000)
    by_hand = item_of("b", _standing(State.BLOCKED, 0, "by-hand"))
    world.client("dynamodb").put_item(TableName=world.standing, Item=by_hand)
    assert not users.set_standing("b", _standing(State.SLOWED, 2_000), 1_000)
    assert not users.block("b", "i-9", 1_000)
    assert _row(world, "b").incident == "by-hand"


def test_the_same_state_is_made_longer_and_never_shorter(world: World) -> None:
    users = world.users
    assert users.set_standing("a", _standing(State.SLOWED, 2_000), 1_000)
    assert not users.set_standing("a", _standing(State.SLOWED, 1_500), 1_000)
    assert users.set_standing("a", _standing(State.SLOWED, 3_000), 1_000)
    assert _row(world, "a").until == 3_000


def test_a_table_that_does_not_take_the_row_is_no_success(world: World) -> None:
    def broken() -> None:
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "PutItem")

    dynamodb_of(world, Interleaved(world.client("dynamodb"), "put_item", broken))
    with pytest.raises(ClientError, match="Throttling"):
        world.users.set_standing("a", _standing(State.SLOWED, 2_000), 1_000)
