"""A turn is what the guardrail function sends, field by field, or an error that repeats no value."""

from __future__ import annotations

from typing import Any

import pytest

from chat.turn import Turn, TurnError


def test_a_complete_payload_is_a_turn(payload: dict[str, Any]) -> None:
    turn = Turn.from_payload(payload)
    assert {name: getattr(turn, name) for name in payload} == payload | {"roles": ("support",)}


@pytest.mark.parametrize("name", ["request_id", "user_id", "conversation_id", "message", "canary"])
@pytest.mark.parametrize("value", [None, "", 7, ["x"], "marker/../word\x00" * 4000])
def test_each_field_must_be_there_and_well_formed(name: str, value: object, payload: dict[str, Any]) -> None:
    with pytest.raises(TurnError, match=f"payload field '{name}'.*Only the guardrail function") as caught:
        Turn.from_payload(payload | {name: value})
    assert "marker" not in str(caught.value)


@pytest.mark.parametrize("user", ["a b", "a*", "${aws:userid}", "a/b", "*", "ünal"])
def test_a_user_id_that_could_mean_more_than_one_user_is_refused(user: str, payload: dict[str, Any]) -> None:
    with pytest.raises(TurnError):
        Turn.from_payload(payload | {"user_id": user})


def test_a_message_may_have_lines_and_any_script(payload: dict[str, Any]) -> None:
    assert Turn.from_payload(payload | {"message": "a\nb\n你好 👋"}).message == "a\nb\n你好 👋"


def test_further_fields_are_ignored(payload: dict[str, Any]) -> None:
    assert Turn.from_payload(payload | {"more": 1}) == Turn.from_payload(payload)


@pytest.mark.parametrize("roles", [None, "support", ["support", 7], ["Support"], ["a*"], [""], ["a"] * 101])
def test_roles_are_a_list_of_names(roles: object, payload: dict[str, Any]) -> None:
    with pytest.raises(TurnError, match="payload field 'roles'"):
        Turn.from_payload(payload | {"roles": roles})


@pytest.mark.parametrize("tenant", ["", "North", "a,b", 7, ["north"], "*"])
def test_a_tenant_is_a_name_or_none(tenant: object, payload: dict[str, Any]) -> None:
    with pytest.raises(TurnError, match="payload field 'tenant'"):
        Turn.from_payload(payload | {"tenant": tenant})
    assert Turn.from_payload(payload | {"tenant": None}).tenant is None


@pytest.mark.parametrize("name", ["roles", "tenant"])
def test_a_caller_that_says_nothing_of_the_users_rights_is_refused(
    name: str, payload: dict[str, Any]
) -> None:
    """Missing is not none: an older guardrail function must not pass for a user without rights."""
    with pytest.raises(TurnError, match=f"payload field '{name}'"):
        Turn.from_payload({key: value for key, value in payload.items() if key != name})
