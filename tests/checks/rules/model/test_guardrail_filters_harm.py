"""Five harms are filtered in both directions, at MEDIUM or HIGH."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailFiltersHarm"
HARMS = ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE")


def guardrail(**change: object) -> dict[str, Any]:
    """All harms at HIGH; `change` is applied to the last one."""
    filters: list[dict[str, object]] = [
        {"Type": harm, "InputStrength": "HIGH", "OutputStrength": "HIGH"} for harm in HARMS
    ]
    filters[-1] |= change
    return {"ContentPolicyConfig": {"FiltersConfig": filters}}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"InputStrength": "MEDIUM", "OutputStrength": "MEDIUM"},
        {"InputAction": "BLOCK", "OutputEnabled": True},
    ],
)
def test_medium_or_high_is_compliant(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, guardrail(**change)), Compliant)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"InputStrength": "LOW"}, "InputStrength"),
        ({"OutputStrength": "NONE"}, "OutputStrength"),
        ({"OutputStrength": None}, "OutputStrength"),
        ({"InputAction": "NONE"}, "InputAction"),
        ({"OutputEnabled": "false"}, "OutputEnabled"),
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], change: dict[str, Any], field: str) -> None:
    answer = ask(RULE, guardrail(**change))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"ContentPolicyConfig.FiltersConfig.4.{field}"


@pytest.mark.parametrize("properties", [{}, {"ContentPolicyConfig": {}}, guardrail(Type="PROMPT_ATTACK")])
def test_a_missing_harm_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ContentPolicyConfig": {"Ref": "Given"}},
        {"ContentPolicyConfig": {"FiltersConfig": [{"Ref": "Given"}]}},
        guardrail(Type={"Ref": "Given"}),
        guardrail(InputStrength={"Ref": "Given"}),
        guardrail(OutputEnabled={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
