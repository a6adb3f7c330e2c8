"""No alias leads to a draft."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AliasNamesAVersion"
OTHERS: dict[str, Any] = {"V": {"Type": "AWS::Bedrock::FlowVersion"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({}, None),
    ({"RoutingConfiguration": [{"AgentVersion": "3"}]}, None),
    (
        {"RoutingConfiguration": [{"FlowVersion": {"Fn::GetAtt": ["V", "Version"]}}]},
        "AWS::Bedrock::FlowAlias",
    ),
]
UNRESOLVED: list[Case] = [
    ({"RoutingConfiguration": {"Ref": "Given"}}, None),
    ({"RoutingConfiguration": [{"AgentVersion": {"Ref": "Given"}}]}, None),
]
WEAK: list[Weak] = [
    ("RoutingConfiguration.0.AgentVersion", {"RoutingConfiguration": [{"AgentVersion": "DRAFT"}]}, None),
    (
        "RoutingConfiguration.0.FlowVersion",
        {"RoutingConfiguration": [{"FlowVersion": "DRAFT"}]},
        "AWS::Bedrock::FlowAlias",
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
