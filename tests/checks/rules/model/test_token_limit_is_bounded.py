"""A raised token limit is a finding."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-TokenLimitIsBounded"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"Variants": [{"InferenceConfiguration": {"Text": {"MaxTokens": 1000}}}]}, "AWS::Bedrock::Prompt"),
    ({"Environment": {"Variables": {"MAX_TOKENS": "2048"}}}, "AWS::Lambda::Function"),
    ({"Environment": {"Variables": {"BEDROCK_MAX_TOKENS": "2048"}}}, "AWS::Lambda::Function"),
]
OTHER_MATTERS: list[Case] = [
    ({}, "AWS::Lambda::Function"),
    ({"Environment": {"Variables": {"MAX_TOKENS": {"Ref": "Given"}}}}, "AWS::Lambda::Function"),
    ({}, "AWS::Bedrock::Agent"),
]
WEAK: list[Weak] = [
    (
        "Variants.0.InferenceConfiguration.Text.MaxTokens",
        {"Variants": [{"InferenceConfiguration": {"Text": {"MaxTokens": 100000}}}]},
        "AWS::Bedrock::Prompt",
    ),
    (
        "Environment.Variables.MAX_OUTPUT_TOKENS",
        {"Environment": {"Variables": {"MAX_OUTPUT_TOKENS": "65536"}}},
        "AWS::Lambda::Function",
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


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
