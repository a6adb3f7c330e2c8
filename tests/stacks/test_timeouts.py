"""Whoever waits, waits longer than what it waits for may take: API, guardrail and chat function, model."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

import chat.runtime
import guardrail.runtime
from chat.flow import BUDGET_SECONDS, STREAMED_BUDGET_SECONDS
from chat.patience import Patience
from chat.register import ROUNDS

BACK_OFF = 1.0
"""Longest wait between two attempts of botocore's standard mode, for the first retry."""
Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]


def _seconds(resources: Resources, service: str) -> float:
    (seconds,) = [
        entry["Properties"]["Timeout"]
        for entry in resources("AWS::Lambda::Function")
        if entry["Properties"]["Handler"] == f"{service}.handler.handler"
    ]
    return float(seconds)


def _longest(module: ModuleType, name: str) -> float:
    """How long a client of a function's runtime may take, each attempt as slow as it may be."""
    config: dict[str, Any] = vars(module)[name]
    attempts = int(config["retries"]["total_max_attempts"])
    return attempts * (float(config["connect_timeout"]) + float(config["read_timeout"]))


@pytest.fixture
def waits(resources: Resources) -> dict[tuple[str, bool], float]:
    """How long the API waits, by the function and by whether it streams; the shortest wait counts."""
    waits: dict[tuple[str, bool], float] = {}
    for entry in resources("AWS::ApiGateway::Method"):
        integration = entry["Properties"]["Integration"]
        streams = integration.get("ResponseTransferMode") == "STREAM"
        for service in ("Guardrail", "Conversations"):
            if f"{service}Private" in str(integration["Uri"]):
                wait = integration["TimeoutInMillis"] / 1000
                key = (service.lower(), streams)
                waits[key] = min(wait, waits.get(key, wait))
    return waits


@pytest.mark.parametrize("key", [("guardrail", True), ("conversations", False)])
def test_the_api_waits_longer_than_the_function_may_run(
    resources: Resources, waits: dict[tuple[str, bool], float], key: tuple[str, bool]
) -> None:
    assert _seconds(resources, key[0]) < waits[key]


def test_the_guardrail_function_outlives_the_chat_function(resources: Resources) -> None:
    assert _seconds(resources, "chat") < _seconds(resources, "guardrail")


def test_all_waits_for_an_answer_in_one_piece_end_before_the_api_gives_up(
    waits: dict[tuple[str, bool], float],
) -> None:
    """Lambda lets the function run longer, for the answers that stream."""
    store = _longest(guardrail.runtime, "_STORE") + BACK_OFF
    asked = _longest(guardrail.runtime, "_CHAT") + _longest(guardrail.runtime, "_SETTLING")
    around = 2 * _longest(guardrail.runtime, "_SWITCH")
    around += _longest(guardrail.runtime, "_STANDING") + _longest(guardrail.runtime, "_EVENTS")
    assert 2 * store + asked + around < waits["guardrail", False] <= 29
    assert _longest(guardrail.runtime, "_CHAT") > _longest(chat.runtime, "_MODEL")


def test_a_piece_of_a_streamed_answer_is_waited_for_as_long_as_it_may_take(resources: Resources) -> None:
    """A tool, the judge of its result, and the model's next word."""
    model, tool = _longest(chat.runtime, "_MODEL"), _longest(chat.runtime, "_TOOLS")
    wait = _longest(guardrail.runtime, "_STREAMED_CHAT")
    assert tool + 2 * model < wait < _seconds(resources, "guardrail")


def test_the_chat_function_outlives_its_last_call_of_the_model(resources: Resources) -> None:
    wait = _longest(chat.runtime, "_MODEL")
    assert STREAMED_BUDGET_SECONDS + wait < _seconds(resources, "chat")


def test_documents_are_found_looked_up_and_judged_while_there_is_time_to_ask_the_model() -> None:
    """The session and the history come first; then all of it, each as slow as it may be."""
    read = 2 * _longest(chat.runtime, "_STORE")
    register = ROUNDS * _longest(chat.runtime, "_REGISTER")
    found = _longest(chat.runtime, "_KNOWLEDGE") + register + _longest(chat.runtime, "_JUDGE")
    assert read + found <= BUDGET_SECONDS - Patience().reserve
