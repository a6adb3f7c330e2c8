"""Logs end."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-LogGroupExpires"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"RetentionInDays": 30}, None),
        ({"RetentionInDays": 3}, None),
    ],
)
def test_a_number_of_days_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({}, None, "RetentionInDays"),
        ({"RetentionInDays": 1}, None, "RetentionInDays"),
    ],
)
def test_no_end_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"RetentionInDays": {"Ref": "Given"}}, None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
