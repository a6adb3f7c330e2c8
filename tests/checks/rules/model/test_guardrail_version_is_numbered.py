"""Nothing runs on a draft."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailVersionIsNumbered"
OTHERS: dict[str, Any] = {
    "Guardrail": {"Type": "AWS::Bedrock::Guardrail", "Properties": {}},
    "Version": {"Type": "AWS::Bedrock::GuardrailVersion", "Properties": {}},
}


def function(version: object, name: str = "GUARDRAIL_VERSION") -> dict[str, Any]:
    return {"Environment": {"Variables": {name: version, "LOG_LEVEL": "INFO"}}}


def agent(version: object) -> dict[str, Any]:
    return {"GuardrailConfiguration": {"GuardrailIdentifier": "abc", "GuardrailVersion": version}}


def flow(version: object) -> dict[str, Any]:
    return {"Definition": {"Nodes": [{"Configuration": {"Prompt": agent(version)}}]}}


@pytest.mark.parametrize(
    "properties",
    [
        agent("1"),
        agent(12),
        agent({"Fn::GetAtt": ["Version", "Version"]}),
        flow("3"),
        function("1"),
        function({"Fn::GetAtt": ["Version", "Version"]}, "BEDROCK_GUARDRAIL_VERSION"),
    ],
)
def test_a_number_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        agent("DRAFT"),
        agent(""),
        flow("DRAFT"),
        function("DRAFT"),
        function({"Fn::GetAtt": ["Guardrail", "Version"]}),
    ],
)
def test_the_draft_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        function("1", "APP_VERSION"),
    ],
)
def test_what_uses_no_guardrail_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        agent({"Ref": "Given"}),
        function({"Fn::Sub": "${Given}"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), Unknown)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::BedrockAgentCore::Runtime", {"EnvironmentVariables": {"GUARDRAIL_VERSION": "DRAFT"}}),
        (
            "AWS::ECS::TaskDefinition",
            {"ContainerDefinitions": [{"Environment": [{"Name": "GUARDRAIL_VERSION", "Value": "DRAFT"}]}]},
        ),
    ],
)
def test_every_kind_of_environment_is_read(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NonCompliant)
