"""Requests are traced."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ApiStageIsTraced"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"TracingEnabled": True}, None),
        ({"TracingEnabled": "true"}, None),
    ],
)
def test_tracing_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        ({}, None, "TracingEnabled"),
        ({"TracingEnabled": False}, None, "TracingEnabled"),
    ],
)
def test_no_tracing_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"TracingEnabled": {"Ref": "Given"}}, None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)
