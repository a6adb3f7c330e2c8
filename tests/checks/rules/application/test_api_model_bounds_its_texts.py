"""Every text of a schema has an end."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiModelBoundsItsTexts"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {"Schema": {"type": "object", "properties": {"message": {"type": "string", "maxLength": 4000}}}},
        None,
    ),
    ({"Schema": '{"type": "object", "properties": {"m": {"type": "string", "maxLength": 10}}}'}, None),
]
UNRESOLVED: list[Case] = [
    ({"Schema": {"Ref": "Given"}}, None),
    ({"Schema": "{"}, None),
    (
        {
            "Schema": {
                "type": "object",
                "properties": {"message": {"type": "string", "maxLength": {"Ref": "Given"}}},
            }
        },
        None,
    ),
]
OTHER_MATTERS: list[Case] = [
    ({}, None),
    (
        {
            "Schema": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["a"]},
                    "id": {"type": "string", "pattern": "^a$"},
                    "n": {"type": "integer"},
                },
            }
        },
        None,
    ),
]
WEAK: list[Weak] = [
    (
        "Schema.properties.message.maxLength",
        {"Schema": {"type": "object", "properties": {"message": {"type": "string"}}}},
        None,
    ),
    (
        "Schema.properties.message.maxLength",
        {
            "Schema": {
                "type": "object",
                "properties": {"message": {"type": "string", "maxLength": 100000}},
            }
        },
        None,
    ),
    (
        "Schema.properties.list.items.maxLength",
        {
            "Schema": {
                "type": "object",
                "properties": {"list": {"type": "array", "items": {"type": "string"}}},
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
