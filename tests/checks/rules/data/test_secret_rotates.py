"""Secret rotates."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-SecretRotates"
ATTACHED: dict[str, Any] = {
    "Attached": {
        "Type": "AWS::SecretsManager::SecretTargetAttachment",
        "Properties": {"SecretId": {"Ref": "Subject"}, "TargetId": "db", "TargetType": "AWS::RDS::DBCluster"},
    },
    "Schedule": {
        "Type": "AWS::SecretsManager::RotationSchedule",
        "Properties": {"SecretId": {"Ref": "Attached"}},
    },
}


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {},
            "others": {
                "S": {
                    "Type": "AWS::SecretsManager::RotationSchedule",
                    "Properties": {"SecretId": {"Ref": "Subject"}},
                }
            },
        },
        {"properties": {}, "others": ATTACHED},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"GenerateSecretString": {}}},
        {
            "properties": {"GenerateSecretString": {"PasswordLength": 30}},
            "others": {
                "S": {
                    "Type": "AWS::SecretsManager::RotationSchedule",
                    "Properties": {"SecretId": {"Ref": "Given"}},
                }
            },
        },
        {"properties": {}, "others": {"Attached": ATTACHED["Attached"]}},
        {
            "properties": {"SecretString": {"Ref": "Given"}},
            "others": {
                "Db": {
                    "Type": "AWS::RDS::DBCluster",
                    "Properties": {
                        "MasterUserPassword": {
                            "Fn::Sub": "{{resolve:secretsmanager:${Subject}:SecretString}}"
                        }
                    },
                }
            },
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


def test_a_key_that_somebody_else_gave_out_is_not_asked(ask: Callable[..., Answer]) -> None:
    reader = {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Ref": "Subject"}}}
    assert isinstance(ask(RULE, {"Name": "search-api-key"}, others={"Reader": reader}), NotApplicable)


@pytest.mark.parametrize(
    ("days", "kind"), [(30, Compliant), (1000, NonCompliant), ({"Ref": "Given"}, Unknown)]
)
def test_once_in_years_is_never(ask: Callable[..., Answer], days: object, kind: type[Answer]) -> None:
    rules = {"SecretId": {"Ref": "Subject"}, "RotationRules": {"AutomaticallyAfterDays": days}}
    schedule = {"S": {"Type": "AWS::SecretsManager::RotationSchedule", "Properties": rules}}
    assert isinstance(ask(RULE, {}, others=schedule), kind)
