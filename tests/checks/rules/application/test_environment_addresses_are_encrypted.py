"""What code is told to ask, it asks by TLS."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EnvironmentAddressesAreEncrypted"


def _function(value: object, name: str = "MODEL_URL") -> dict[str, Any]:
    return {"Environment": {"Variables": {name: value, "LOG_LEVEL": "INFO"}}}


@pytest.mark.parametrize(
    "value", ["http://models.example.com", "HTTP://a.example.com:8080/v1", "ws://chat.example.com"]
)
def test_an_address_in_the_clear_is_found(ask: Callable[..., Answer], value: str) -> None:
    answer = ask(RULE, _function(value))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Environment.Variables.MODEL_URL"


@pytest.mark.parametrize(
    "value",
    [
        "https://models.example.com",
        "wss://a.example.com",
        "http://localhost:4318",
        "http://10.0.1.7",
        "http://llm.local",
    ],
)
def test_an_encrypted_or_private_address_is_sound(ask: Callable[..., Answer], value: str) -> None:
    assert isinstance(ask(RULE, _function(value)), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        _function("models.example.com"),
        _function({"Ref": "Given"}),
        _function("http://www.w3.org/a", "RDF_NAMESPACE"),
        {},
    ],
)
def test_what_is_no_address_is_not_judged(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
