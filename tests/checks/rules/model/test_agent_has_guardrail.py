"""No agent without a guardrail."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AgentHasGuardrail"
OTHERS: dict[str, Any] = {"Guardrail": {"Type": "AWS::Bedrock::Guardrail"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "GuardrailConfiguration": {
                "GuardrailIdentifier": {"Fn::GetAtt": ["Guardrail", "GuardrailId"]},
                "GuardrailVersion": "1",
            }
        },
        None,
    ),
    ({"GuardrailConfiguration": {"GuardrailIdentifier": "abc123"}}, None),
]
UNRESOLVED: list[Case] = [
    ({"GuardrailConfiguration": {"Ref": "Given"}}, None),
    ({"GuardrailConfiguration": {"GuardrailIdentifier": {"Ref": "Given"}}}, None),
]
WEAK: list[Weak] = [
    ("GuardrailConfiguration.GuardrailIdentifier", {}, None),
    (
        "GuardrailConfiguration.GuardrailIdentifier",
        {"GuardrailConfiguration": {"GuardrailVersion": "1"}},
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_guardrail_that_the_account_enforces_is_enough(ask: Callable[..., Answer]) -> None:
    enforced: dict[str, Any] = {"Type": "AWS::Bedrock::EnforcedGuardrailConfiguration", "Properties": {}}
    assert isinstance(ask(RULE, {}, others={"Account": enforced}), Compliant)
