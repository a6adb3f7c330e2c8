"""Listed words are blocked in both directions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailBlocksItsWords"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"WordPolicyConfig": {"WordsConfig": [{"Text": "rival"}]}}, None),
    (
        {"WordPolicyConfig": {"ManagedWordListsConfig": [{"Type": "PROFANITY", "InputAction": "BLOCK"}]}},
        None,
    ),
]
UNRESOLVED: list[Case] = [
    ({"WordPolicyConfig": {"WordsConfig": {"Ref": "Given"}}}, None),
    (
        {
            "WordPolicyConfig": {
                "ManagedWordListsConfig": [{"Type": "PROFANITY", "InputAction": {"Ref": "Given"}}]
            }
        },
        None,
    ),
]
OTHER_MATTERS: list[Case] = [({}, None)]
WEAK: list[Weak] = [
    (
        "WordPolicyConfig.ManagedWordListsConfig.0.OutputAction",
        {"WordPolicyConfig": {"ManagedWordListsConfig": [{"Type": "PROFANITY", "OutputAction": "NONE"}]}},
        None,
    ),
    (
        "WordPolicyConfig.WordsConfig.1.InputEnabled",
        {"WordPolicyConfig": {"WordsConfig": [{"Text": "a"}, {"Text": "b", "InputEnabled": False}]}},
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
