"""Whoever waits, waits longer than what it waits for may take: API, guardrail and chat function, model."""

from collections.abc import Callable
from typing import Any

import pytest

import chat.runtime
import guardrail.runtime

Resources = Callable[[str], list[dict[str, Any]]]
TemplateOf = Callable[[str], dict[str, Any]]


def _seconds(resources: Resources, service: str) -> float:
    (seconds,) = [
        entry["Properties"]["Timeout"]
        for entry in resources("AWS::Lambda::Function")
        if entry["Properties"]["Handler"] == f"{service}.handler.handler"
    ]
    return float(seconds)


def _longest(config: dict[str, Any]) -> float:
    """Each attempt as slow as it may be."""
    attempts = int(config["retries"]["total_max_attempts"])
    return attempts * (float(config["connect_timeout"]) + float(config["read_timeout"]))


@pytest.fixture
def methods(resources: Resources) -> dict[str, float]:
    """How long the API waits, by the function that it waits for; the shortest wait counts."""
    waits: dict[str, float] = {}
    for entry in resources("AWS::ApiGateway::Method"):
        integration = entry["Properties"]["Integration"]
        for service in ("Guardrail", "Conversations"):
            if f"{service}Private" in str(integration["Uri"]):
                wait = integration["TimeoutInMillis"] / 1000
                waits[service.lower()] = min(wait, waits.get(service.lower(), wait))
    return waits


@pytest.mark.parametrize("service", ["guardrail", "conversations"])
def test_the_api_waits_longer_than_the_function_may_run(
    resources: Resources, methods: dict[str, float], service: str
) -> None:
    assert _seconds(resources, service) < methods[service] <= 29


def test_the_guardrail_function_waits_longer_than_the_chat_function_may_run(resources: Resources) -> None:
    wait = _longest(guardrail.runtime._CHAT)  # noqa: SLF001 - the figure stands there and nowhere else
    assert _seconds(resources, "chat") < wait < _seconds(resources, "guardrail")


def test_the_chat_function_outlives_one_call_of_the_model(resources: Resources) -> None:
    wait = _longest(chat.runtime._MODEL)  # noqa: SLF001 - as above
    assert wait < _seconds(resources, "chat")
