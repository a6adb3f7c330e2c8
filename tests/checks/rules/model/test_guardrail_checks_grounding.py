"""Grounding and relevance are held to a bound."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailChecksGrounding"


def guardrail(**change: object) -> dict[str, Any]:
    """Both checks at 0.7; `change` is applied to the last one."""
    checks: list[dict[str, object]] = [
        {"Type": kind, "Threshold": 0.7} for kind in ("GROUNDING", "RELEVANCE")
    ]
    checks[-1] |= change
    return {"ContextualGroundingPolicyConfig": {"FiltersConfig": checks}}


@pytest.mark.parametrize("change", [{}, {"Threshold": 0.5}, {"Threshold": "0.9"}, {"Action": "BLOCK"}])
def test_a_high_enough_threshold_is_compliant(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, guardrail(**change)), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        guardrail(Type="GROUNDING"),
        guardrail(Threshold=0.49),
        guardrail(Threshold=None),
        guardrail(Action="NONE"),
        guardrail(Enabled=False),
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ContextualGroundingPolicyConfig": {"Ref": "Given"}},
        guardrail(Type={"Ref": "Given"}),
        guardrail(Threshold={"Ref": "Given"}),
        guardrail(Threshold="high"),
    ],
)
def test_what_cannot_be_read_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
