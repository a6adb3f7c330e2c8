"""Secret rotates."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant

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
        {"properties": {}},
        {
            "properties": {},
            "others": {
                "S": {
                    "Type": "AWS::SecretsManager::RotationSchedule",
                    "Properties": {"SecretId": {"Ref": "Given"}},
                }
            },
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)
