"""The guardrail blocks prompt attacks at full strength."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailBlocksPromptAttacks"
FILTER = {"Type": "PROMPT_ATTACK", "InputStrength": "HIGH", "OutputStrength": "NONE"}
OTHER = {"Type": "HATE", "InputStrength": "LOW", "OutputStrength": "LOW"}


def guardrail(*filters: object) -> dict[str, Any]:
    return {"Name": "chat", "ContentPolicyConfig": {"FiltersConfig": list(filters)}}


@pytest.mark.parametrize(
    "change", [{}, {"InputAction": "BLOCK"}, {"InputEnabled": True}, {"InputEnabled": "true"}]
)
def test_full_strength_is_compliant(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, guardrail(OTHER, FILTER | change)), Compliant)


@pytest.mark.parametrize(
    "change",
    [
        {"InputStrength": "MEDIUM"},
        {"InputStrength": "NONE"},
        {"InputStrength": None},
        {"InputAction": "NONE"},
        {"InputEnabled": False},
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], change: dict[str, Any]) -> None:
    answer = ask(RULE, guardrail(OTHER, FILTER | change))
    assert isinstance(answer, NonCompliant)
    assert answer.property == f"ContentPolicyConfig.FiltersConfig.1.{next(iter(change))}"


@pytest.mark.parametrize("properties", [{}, {"ContentPolicyConfig": {}}, guardrail(), guardrail(OTHER)])
def test_a_missing_filter_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ContentPolicyConfig": {"Ref": "Given"}},
        guardrail({"Ref": "Given"}),
        guardrail(FILTER | {"Type": {"Ref": "Given"}}),
        guardrail(FILTER | {"InputStrength": {"Ref": "Given"}}),
        guardrail(FILTER | {"InputEnabled": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
