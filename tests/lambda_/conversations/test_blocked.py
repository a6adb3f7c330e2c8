"""A token outlives the access of its user, and opens nothing then: not even the deletion of evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from standing_rows import State, standing_key
from tests.lambda_.conversations.conftest import NOW, USER, conversation
from tests.lambda_.conversations.test_fail_closed import CALLS

if TYPE_CHECKING:
    from tests.lambda_.conversations.conftest import World

ID = conversation(1)


def _call(world: World, method: str, resource: str, event: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    if "pathParameters" in event:
        event = {**event, "pathParameters": {"conversation_id": ID}}
    return world.call(method, resource, **event)


@pytest.mark.parametrize(("method", "resource", "event"), CALLS)
def test_a_blocked_user_gets_nothing_and_changes_nothing(
    world: World, method: str, resource: str, event: dict[str, Any]
) -> None:
    world.keep(ID, "a secret plan")
    world.stand(State.BLOCKED)
    kept = world.rows()
    status, body = _call(world, method, resource, event)
    assert (status, body["outcome"], body["reason"]) == (403, "blocked", "USER_BLOCKED")
    assert body["request_id"]
    assert "plan" not in json.dumps(body)
    assert world.rows() == kept
    assert world.queue.messages == []


@pytest.mark.parametrize("state", [State.WARNED, State.SLOWED])
def test_who_is_slowed_may_still_look_at_what_is_theirs(world: World, state: State) -> None:
    world.keep(ID, "hello")
    world.stand(state)
    assert world.call("GET", "/api/conversations")[0] == 200


def test_a_block_that_has_ended_is_none(world: World) -> None:
    world.stand(State.BLOCKED, until=int(NOW.timestamp()) - 1)
    assert world.call("GET", "/api/conversations")[0] == 200


def test_another_users_block_is_not_mine(world: World) -> None:
    world.stand(State.BLOCKED)
    assert world.call("GET", "/api/conversations", user="00000000-somebody-else")[0] == 200


def test_health_asks_no_table(world: World) -> None:
    world.store.error = ClientError({"Error": {"Code": "AccessDenied"}}, "GetItem")
    assert world.call("GET", "/api/health")[0] == 200


@pytest.mark.parametrize(("method", "resource", "event"), CALLS)
def test_a_standing_that_cannot_be_understood_lets_nobody_in(
    world: World, method: str, resource: str, event: dict[str, Any]
) -> None:
    row = {name: {"S": value} for name, value in standing_key(USER).items()}
    world.store.client.put_item(TableName=world.table, Item={**row, "standing_state": {"S": "friendly"}})
    assert _call(world, method, resource, event)[0] == 503
    assert world.queue.messages == []
