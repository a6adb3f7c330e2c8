"""The vault that lacks what the other has is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-VaultIsLikeItsSiblings"
STRONG: dict[str, Any] = {
    "AccessPolicy": {"Statement": []},
    "LockConfiguration": {"MinRetentionDays": 7, "ChangeableForDays": 3},
}
OTHER = {"Other": {"Type": "AWS::Backup::BackupVault", "Properties": STRONG}}
GOVERNED: dict[str, Any] = {**STRONG, "LockConfiguration": {"MinRetentionDays": 7}}


def test_a_vault_like_the_other_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, STRONG, others=OTHER), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (GOVERNED, "LockConfiguration.ChangeableForDays"),
        ({"LockConfiguration": STRONG["LockConfiguration"]}, "AccessPolicy"),
    ],
)
def test_a_weaker_one_is_found(ask: Callable[..., Answer], properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties, others=OTHER)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_vault_alone_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {**STRONG, "AccessPolicy": {"Ref": "Given"}}, others=OTHER), Unknown)
