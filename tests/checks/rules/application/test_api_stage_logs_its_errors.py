"""Errors of all methods are logged."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ApiStageLogsItsErrors"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*", "LoggingLevel": "ERROR"}]}, None),
    ({"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*", "LoggingLevel": "INFO"}]}, None),
    ({"StageName": "v1", "StageDescription": {"LoggingLevel": "ERROR"}}, "AWS::ApiGateway::Deployment"),
]
UNRESOLVED: list[Case] = [
    ({"MethodSettings": {"Ref": "Given"}}, None),
    (
        {"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*", "LoggingLevel": {"Ref": "Given"}}]},
        None,
    ),
]
OTHER_MATTERS: list[Case] = [({}, "AWS::ApiGateway::Deployment")]
WEAK: list[Weak] = [
    ("MethodSettings", {}, None),
    ("MethodSettings", {"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*"}]}, None),
    (
        "MethodSettings.0.LoggingLevel",
        {"MethodSettings": [{"HttpMethod": "*", "ResourcePath": "/*", "LoggingLevel": "OFF"}]},
        None,
    ),
    ("StageDescription.MethodSettings", {"StageName": "v1"}, "AWS::ApiGateway::Deployment"),
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
