"""Records stay."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import called, locked

RULE = "OwaspLlm-EvidenceIsLocked"


@pytest.mark.parametrize("retention", [{"Days": 1}, {"Years": 1}, {"Days": "30"}])
@pytest.mark.parametrize("name", ["audit-records", "manifests", "evidence", "provenance"])
def test_a_lock_by_default_is_compliant(
    ask: Callable[..., Answer], name: str, retention: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, called(name, locked(**retention))), Compliant)


@pytest.mark.parametrize("properties", [{}, {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}])
def test_no_lock_and_one_without_retention_are_not(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, called("audit-records", properties)), NonCompliant)


def test_other_buckets_are_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("pictures")), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, called("audit", locked(Days={"Ref": "Given"}))), Unknown)
