"""A gateway to tools asks policies that refuse, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GatewayEnforcesToolPolicies"


@pytest.mark.parametrize(
    "properties", [{"PolicyEngineConfiguration": {"Arn": "arn:aws:bedrock-agentcore:x", "Mode": "ENFORCE"}}]
)
def test_a_sound_one_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"PolicyEngineConfiguration": {"Arn": "arn:aws:bedrock-agentcore:x", "Mode": "LOG_ONLY"}},
        {"PolicyEngineConfiguration": {"Arn": "arn:aws:bedrock-agentcore:x", "Mode": None}},
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyEngineConfiguration": {"Arn": "arn:aws:bedrock-agentcore:x", "Mode": {"Ref": "Given"}}},
        {"PolicyEngineConfiguration": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
