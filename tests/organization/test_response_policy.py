"""Thresholds that a team may choose, and those that would hand an attacker the switch."""

import pytest
from pydantic import ValidationError

from genai_defense.organization import ResponsePolicy


def test_the_defaults_are_a_ladder_with_bounds() -> None:
    policy = ResponsePolicy()
    assert policy.warn_after < policy.slow_after < policy.disable_after
    assert policy.kill_switch_after_users >= 3
    assert {"operator", "approver", "reviewer"} <= set(policy.protected_roles)


def test_no_machine_stops_the_chatbot_for_everybody_unless_a_team_says_so() -> None:
    assert ResponsePolicy().switches_per_day == 0


@pytest.mark.parametrize("users", [1, 2])
def test_no_one_or_two_accounts_can_stop_the_chatbot_for_everybody(users: int) -> None:
    with pytest.raises(ValidationError, match="two accounts"):
        ResponsePolicy(kill_switch_after_users=users)


def test_a_ladder_that_falls_is_refused() -> None:
    with pytest.raises(ValidationError, match="milder step"):
        ResponsePolicy(warn_after=10, slow_after=5)


def test_a_step_that_is_off_does_not_count() -> None:
    assert ResponsePolicy(warn_after=10, slow_after=0, disable_after=10).slow_after == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "kill"),
        ("window_minutes", 0),
        ("disable_after", 1001),
        ("blocked_minutes", 1),
        ("users_per_hour", -1),
        ("switches_per_day", -1),
        ("switches_per_day", 25),
        ("protected_roles", ("Operator!",)),
        ("protected_networks", ("10.0.0.1/8",)),
        ("protected_networks", ("office",)),
    ],
)
def test_values_out_of_range_are_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        ResponsePolicy.model_validate({name: value})
