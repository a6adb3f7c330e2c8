"""The switch stops everything within half a minute, and so does not knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import EndpointConnectionError

from guardrail.kill_switch import (
    FRESH_SECONDS,
    USABLE_SECONDS,
    KillSwitch,
    KillSwitchUnavailableError,
    StoppedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.exceptions import ClientError
    from mypy_boto3_ssm import SSMClient

    from tests.lambda_.guardrail.conftest import World


@dataclass
class _Store:
    value: str = "off"
    error: Exception | None = None
    reads: int = 0
    clock: float = 100.0

    def get_parameter(self, **arguments: Any) -> dict[str, Any]:
        assert arguments == {"Name": "switch"}
        self.reads += 1
        if self.error is not None:
            raise self.error
        return {"Parameter": {"Value": self.value}}


@pytest.fixture
def store() -> _Store:
    return _Store()


@pytest.fixture
def switch(store: _Store) -> KillSwitch:
    return KillSwitch(cast("SSMClient", store), "switch", now=lambda: store.clock)


def test_off_lets_requests_through_and_is_read_once_in_a_while(switch: KillSwitch, store: _Store) -> None:
    for _ in range(100):
        switch.check()
    assert store.reads == 1
    store.clock += FRESH_SECONDS
    switch.check()
    assert store.reads == 2


def test_on_stops_everything_once_the_last_value_is_old(switch: KillSwitch, store: _Store) -> None:
    switch.check()
    store.value = "on"
    store.clock += FRESH_SECONDS
    with pytest.raises(StoppedError):
        switch.check()


def test_the_switch_is_obeyed_within_half_a_minute_whatever_the_store_does() -> None:
    """The latest answer that is still believed was given at most so long ago."""
    assert FRESH_SECONDS <= 15
    assert FRESH_SECONDS < USABLE_SECONDS <= 30


def test_released_it_lets_requests_through_again(switch: KillSwitch, store: _Store) -> None:
    store.value = "on"
    with pytest.raises(StoppedError):
        switch.check()
    store.value = "off"
    store.clock += FRESH_SECONDS
    switch.check()


@pytest.mark.parametrize("value", ["", "ON", "On", "on ", "true", "0", "off\n", "maybe"])
def test_every_other_value_is_no_permission(switch: KillSwitch, store: _Store, value: str) -> None:
    store.value = value
    with pytest.raises(KillSwitchUnavailableError):
        switch.check()


def test_a_process_that_never_read_it_answers_nothing(
    switch: KillSwitch, store: _Store, service_error: Callable[[str], ClientError]
) -> None:
    for error in (
        service_error("AccessDeniedException"),
        service_error("ParameterNotFound"),
        EndpointConnectionError(endpoint_url="https://ssm.example"),
    ):
        store.error = error
        with pytest.raises(KillSwitchUnavailableError):
            switch.check()


def test_the_last_value_counts_for_half_a_minute_without_an_answer_and_no_longer(
    switch: KillSwitch, store: _Store, service_error: Callable[[str], ClientError]
) -> None:
    switch.check()
    store.error = service_error("ThrottlingException")
    store.clock += USABLE_SECONDS - 0.1
    switch.check()
    store.clock += 0.1
    with pytest.raises(KillSwitchUnavailableError):
        switch.check()


def test_a_switch_that_was_on_stays_on_without_an_answer(
    switch: KillSwitch, store: _Store, service_error: Callable[[str], ClientError]
) -> None:
    store.value = "on"
    with pytest.raises(StoppedError):
        switch.check()
    store.error = service_error("ThrottlingException")
    store.clock += FRESH_SECONDS
    with pytest.raises(StoppedError):
        switch.check()


def test_a_stopped_chatbot_refuses_before_anything_else_and_says_why(world: World) -> None:
    world.switch.value = "on"
    response = world.ask("What is the capital of France?")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert response.body["reason"] == "KILL_SWITCH"
    assert "stopped" in response.body["message"]
    assert (world.chat.calls, world.quota.calls) == ([], [])
    assert (world.record["outcome"], world.record["reason"]) == ("unavailable", "KILL_SWITCH")
    assert ("Stopped", 1.0, ("service",), None) in world.metrics()


def test_an_answer_that_was_under_way_is_not_released_either(world: World) -> None:
    def answer(_payload: dict[str, str]) -> str:
        world.switch.value = "on"
        world.switch.clock += FRESH_SECONDS
        return "Paris."

    world.chat.answer = answer
    response = world.ask("What is the capital of France?")
    assert (response.status, response.body["reason"]) == (503, "KILL_SWITCH")
    assert "Paris" not in str(response.body)
    assert world.quota.tokens == 50, "what was spent stays counted"


def test_without_the_switch_nothing_is_answered(
    world: World, service_error: Callable[[str], ClientError]
) -> None:
    world.switch.error = service_error("AccessDeniedException")
    response = world.ask("What is the capital of France?")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert (world.chat.calls, world.quota.calls) == ([], [])
    assert world.record["reason"] == "KILL_SWITCH_UNAVAILABLE"
