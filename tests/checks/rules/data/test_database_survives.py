"""Database survives."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DatabaseSurvives"


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DeletionProtection": True, "BackupRetentionPeriod": 7}},
        {
            "properties": {"DeletionProtection": "true", "BackupRetentionPeriod": "35"},
            "resource_type": "AWS::Neptune::DBCluster",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DeletionProtection": True}},
        {"properties": {"BackupRetentionPeriod": 14}},
        {
            "properties": {"DeletionProtection": True, "BackupRetentionPeriod": 0},
            "resource_type": "AWS::RDS::DBInstance",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DeletionProtection": {"Ref": "Given"}, "BackupRetentionPeriod": 7}},
        {"properties": {"BackupRetentionPeriod": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"DBClusterIdentifier": {"Ref": "Given"}}, "resource_type": "AWS::RDS::DBInstance"},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
