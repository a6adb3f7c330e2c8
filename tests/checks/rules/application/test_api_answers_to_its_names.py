"""An API that checks the host of a request is sound; one that says it does not is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiAnswersToItsNames"


@pytest.mark.parametrize("properties", [{"EndpointAccessMode": "STRICT"}])
def test_an_api_that_checks_the_host_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [({"EndpointAccessMode": "BASIC"}, "EndpointAccessMode")],
)
def test_an_api_that_does_not_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}])
def test_an_api_that_says_nothing_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("properties", [{"EndpointAccessMode": {"Ref": "Given"}}])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
