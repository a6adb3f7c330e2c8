"""Copies outlive whoever wants them gone."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BackupVaultIsLocked"


@pytest.mark.parametrize(
    "properties",
    [
        {"LockConfiguration": {"MinRetentionDays": 7}},
        {"LockConfiguration": {"MinRetentionDays": "7", "ChangeableForDays": 3}},
    ],
)
def test_a_locked_vault_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"LockConfiguration": {"MaxRetentionDays": 30}},
    ],
)
def test_a_vault_without_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"LockConfiguration": {"Ref": "Given"}},
        {"LockConfiguration": {"MinRetentionDays": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
