"""No node asks a model unguarded."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FlowNodesHaveGuardrails"
GUARDED = (
    '{"nodes": [{"configuration": {"prompt": {"guardrailConfiguration": {"guardrailIdentifier": "a"}}}}]}'
)
OTHERS: dict[str, Any] = {"Guardrail": {"Type": "AWS::Bedrock::Guardrail"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {
                        "Name": "ask",
                        "Configuration": {
                            "Prompt": {
                                "GuardrailConfiguration": {
                                    "GuardrailIdentifier": {"Fn::GetAtt": ["Guardrail", "GuardrailId"]},
                                    "GuardrailVersion": "1",
                                }
                            }
                        },
                    },
                ]
            }
        },
        None,
    ),
    (
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {
                        "Name": "ask",
                        "Configuration": {
                            "KnowledgeBase": {
                                "ModelId": "m",
                                "GuardrailConfiguration": {
                                    "GuardrailIdentifier": {"Fn::GetAtt": ["Guardrail", "GuardrailId"]},
                                    "GuardrailVersion": "1",
                                },
                            }
                        },
                    },
                ]
            }
        },
        None,
    ),
    (
        {"DefinitionString": GUARDED},
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"DefinitionS3Location": {"Bucket": "b"}}, None),
    ({"Definition": {"Ref": "Given"}}, None),
    (
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {
                        "Name": "ask",
                        "Configuration": {"Prompt": {"GuardrailConfiguration": {"Ref": "Given"}}},
                    },
                ]
            }
        },
        None,
    ),
    ({"DefinitionString": {"Ref": "Given"}}, None),
]
OTHER_MATTERS: list[Case] = [
    ({}, None),
    (
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {"Name": "ask", "Configuration": {"KnowledgeBase": {"KnowledgeBaseId": "k"}}},
                ]
            }
        },
        None,
    ),
    (
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {"Name": "ask", "Configuration": {"LambdaFunction": {}}},
                ]
            }
        },
        None,
    ),
]
WEAK: list[Weak] = [
    (
        "Definition.Nodes.1.Configuration.Prompt.GuardrailConfiguration.GuardrailIdentifier",
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {"Name": "ask", "Configuration": {"Prompt": {}}},
                ]
            }
        },
        None,
    ),
    (
        "Definition.Nodes.1.Configuration.KnowledgeBase.GuardrailConfiguration.GuardrailIdentifier",
        {
            "Definition": {
                "Nodes": [
                    {"Name": "in", "Type": "Input", "Configuration": {"Input": {}}},
                    {"Name": "ask", "Configuration": {"KnowledgeBase": {"ModelId": "m"}}},
                ]
            }
        },
        None,
    ),
    (
        "DefinitionString.nodes.0.Configuration.Prompt.GuardrailConfiguration.GuardrailIdentifier",
        {"DefinitionString": '{"nodes": [{"configuration": {"prompt": {}}}]}'},
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


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


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
