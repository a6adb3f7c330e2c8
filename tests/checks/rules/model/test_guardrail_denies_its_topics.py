"""A denied topic is denied in both directions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailDeniesItsTopics"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "TopicPolicyConfig": {
                "TopicsConfig": [
                    {"Name": "law", "Definition": "Legal advice", "Type": "DENY"},
                    {"Name": "money", "Definition": "Investment advice", "Type": "DENY"},
                ]
            }
        },
        None,
    ),
    (
        {
            "TopicPolicyConfig": {
                "TopicsConfig": [
                    {"Name": "law", "Definition": "Legal advice", "Type": "DENY"},
                    {
                        "Name": "money",
                        "Definition": "Investment advice",
                        "Type": "DENY",
                        "InputAction": "BLOCK",
                    },
                ]
            }
        },
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"TopicPolicyConfig": {"TopicsConfig": {"Ref": "Given"}}}, None),
    (
        {
            "TopicPolicyConfig": {
                "TopicsConfig": [
                    {"Name": "law", "Definition": "Legal advice", "Type": "DENY"},
                    {
                        "Name": "money",
                        "Definition": "Investment advice",
                        "Type": "DENY",
                        "OutputAction": {"Ref": "Given"},
                    },
                ]
            }
        },
        None,
    ),
    ({"TopicPolicyConfig": {"TopicsConfig": [{"Ref": "Given"}]}}, None),
]
OTHER_MATTERS: list[Case] = [({}, None)]
WEAK: list[Weak] = [
    (
        "TopicPolicyConfig.TopicsConfig.1.InputAction",
        {
            "TopicPolicyConfig": {
                "TopicsConfig": [
                    {"Name": "law", "Definition": "Legal advice", "Type": "DENY"},
                    {
                        "Name": "money",
                        "Definition": "Investment advice",
                        "Type": "DENY",
                        "InputAction": "NONE",
                    },
                ]
            }
        },
        None,
    ),
    (
        "TopicPolicyConfig.TopicsConfig.1.OutputEnabled",
        {
            "TopicPolicyConfig": {
                "TopicsConfig": [
                    {"Name": "law", "Definition": "Legal advice", "Type": "DENY"},
                    {
                        "Name": "money",
                        "Definition": "Investment advice",
                        "Type": "DENY",
                        "OutputEnabled": False,
                    },
                ]
            }
        },
        None,
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
