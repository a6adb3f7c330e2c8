"""Neither by its name nor by its form does a variable hold a secret."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-EnvironmentHoldsNoSecret"
OTHERS: dict[str, Any] = {
    "Table": {"Type": "AWS::DynamoDB::Table"},
    "Secret": {"Type": "AWS::SecretsManager::Secret"},
}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "Environment": {
                "Variables": {
                    "MODEL_ID": "anthropic.claude",
                    "MAX_TOKENS": "1024",
                    "TABLE": {"Ref": "Table"},
                }
            }
        },
        None,
    ),
    (
        {
            "Environment": {
                "Variables": {"SECRET_ARN": "arn:aws:secretsmanager:us-east-1:111122223333:secret:a"}
            }
        },
        None,
    ),
    ({"Environment": {"Variables": {"API_KEY": {"Ref": "Secret"}}}}, None),
    ({"Environment": {"Variables": {"API_KEY": "/chat/openai"}}}, None),
    (
        {
            "Environment": {
                "Variables": {
                    "PARTITION_KEY": "pk",
                    "TOKEN_LIMIT": "5",
                    "STOP_TOKEN": "</s>",
                    "DB_PASSWORD": "",
                }
            }
        },
        None,
    ),
    ({"EnvironmentVariables": {"MEMORY_ID": "m"}}, "AWS::BedrockAgentCore::Runtime"),
]
OTHER_MATTERS: list[Case] = [
    ({}, None),
    ({"Environment": {"Ref": "Given"}}, None),
    (
        {
            "Environment": {
                "EnvironmentVariables": [{"Name": "API_KEY", "Value": "x", "Type": "SECRETS_MANAGER"}]
            }
        },
        "AWS::CodeBuild::Project",
    ),
]
WEAK: list[Weak] = [
    ("Environment.Variables.API_KEY", {"Environment": {"Variables": {"API_KEY": "abc123"}}}, None),
    (
        "Environment.Variables.OPENAI_API_KEY",
        {"Environment": {"Variables": {"OPENAI_API_KEY": {"Ref": "Given"}}}},
        None,
    ),
    (
        "Environment.Variables.DB_PASSWORD",
        {"Environment": {"Variables": {"DB_PASSWORD": "hunter2"}}},
        None,
    ),
    (
        "Environment.Variables.AUTH_TOKEN",
        {"Environment": {"Variables": {"AUTH_TOKEN": "{{resolve:secretsmanager:chat:SecretString:token}}"}}},
        None,
    ),
    (
        "Environment.Variables.NOTE",
        {"Environment": {"Variables": {"NOTE": "sk-proj-abcdefghijklmnopqrst"}}},
        None,
    ),
    (
        "EnvironmentVariables.GITHUB_TOKEN",
        {"EnvironmentVariables": {"GITHUB_TOKEN": "x"}},
        "AWS::BedrockAgentCore::Runtime",
    ),
    (
        "ContainerDefinitions.1.Environment.0.Value",
        {"ContainerDefinitions": [{}, {"Environment": [{"Name": "CLIENT_SECRET", "Value": "x"}]}]},
        "AWS::ECS::TaskDefinition",
    ),
    (
        "Environment.EnvironmentVariables.0.Value",
        {"Environment": {"EnvironmentVariables": [{"Name": "API_KEY", "Value": "x", "Type": "PLAINTEXT"}]}},
        "AWS::CodeBuild::Project",
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


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


def test_each_variable_that_holds_one_is_told(ask: Callable[..., Answer]) -> None:
    variables = {"API_KEY": "a1b2c3", "LOG_LEVEL": "INFO", "DB_PASSWORD": "hunter2"}
    answer = ask(RULE, {"Environment": {"Variables": variables}})
    assert isinstance(answer, NonCompliant)
    assert [place.property.rpartition(".")[2] for place in answer.places()] == ["API_KEY", "DB_PASSWORD"]
