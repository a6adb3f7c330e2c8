"""A sign-in returns encrypted, or to the own machine."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-UserPoolClientReturnsByHttps"


@pytest.mark.parametrize(
    "properties",
    [
        {"CallbackURLs": ["https://chat.example.com/", "http://localhost:3000/back", "myapp://back"]},
        {"CallbackURLs": [{"Fn::Sub": "https://${Given}/"}], "LogoutURLs": ["http://127.0.0.1/"]},
        {"CallbackURLs": [{"Ref": "Given"}]},
    ],
)
def test_encrypted_and_local_addresses_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        ({"CallbackURLs": ["https://chat.example.com/", "http://chat.example.com/"]}, "CallbackURLs"),
        ({"LogoutURLs": ["http://localhost.example.com/"]}, "LogoutURLs"),
        ({"DefaultRedirectURI": {"Fn::Sub": "http://app.${Given}/"}}, "DefaultRedirectURI"),
    ],
)
def test_an_address_in_the_clear_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}])
def test_a_client_without_addresses_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
