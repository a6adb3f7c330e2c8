"""An expiry that is named and off is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-TableExpiryIsOn"


def expiry(**entries: object) -> dict[str, Any]:
    return {"TimeToLiveSpecification": entries}


@pytest.mark.parametrize(
    "properties", [expiry(AttributeName="ttl", Enabled=True), expiry(AttributeName="ttl", Enabled="true")]
)
def test_rows_that_expire_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [(expiry(AttributeName="ttl", Enabled=False), "TimeToLiveSpecification.Enabled")],
)
def test_rows_that_say_so_and_do_not_are_found(
    ask: Callable[..., Answer], properties: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize("properties", [{}, expiry(AttributeName="", Enabled=False), expiry(Enabled=False)])
def test_a_table_that_keeps_its_rows_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("properties", [expiry(AttributeName="ttl", Enabled={"Ref": "Given"})])
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
