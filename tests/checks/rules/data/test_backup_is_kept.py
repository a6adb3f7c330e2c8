"""Copies that end in a day, or before their lock does, are found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BackupIsKept"
VAULT = "AWS::Backup::BackupVault"
LOCKED: dict[str, Any] = {"V": {"Type": VAULT, "Properties": {"LockConfiguration": {"MinRetentionDays": 30}}}}


def plan(*days: object, vault: object = "vault") -> dict[str, Any]:
    rules = [
        {"RuleName": "r", "TargetBackupVault": vault, **({"Lifecycle": {"DeleteAfterDays": d}} if d else {})}
        for d in days
    ]
    return {"BackupPlan": {"BackupPlanName": "p", "BackupPlanRule": rules}}


def lock(days: object) -> dict[str, Any]:
    return {"LockConfiguration": {"MinRetentionDays": days}}


@pytest.mark.parametrize(
    "properties", [plan(35), plan("7"), plan(None), plan(1, 35), plan(35, vault={"Ref": "V"})]
)
def test_copies_that_last_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=LOCKED), Compliant)


@pytest.mark.parametrize(
    "properties", [plan(1), plan(1, 2), plan(14, vault={"Ref": "V"}), plan(1, 35, vault={"Ref": "V"})]
)
def test_copies_that_end_are_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=LOCKED), NonCompliant)


def test_a_lock_of_a_day_is_found(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, lock(7), resource_type=VAULT), Compliant)
    assert isinstance(ask(RULE, lock(1), resource_type=VAULT), NonCompliant)
    assert isinstance(ask(RULE, {}, resource_type=VAULT), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, plan({"Ref": "Given"})), Unknown)
    assert isinstance(ask(RULE, lock({"Ref": "Given"}), resource_type=VAULT), Unknown)
