"""No clock ends what is locked."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import locked

RULE = "OwaspLlm-LifecycleRespectsLock"


def clock(**rule: object) -> dict[str, Any]:
    return {"LifecycleConfiguration": {"Rules": [{"Status": "Enabled", **rule}]}, **locked(Days=30)}


@pytest.mark.parametrize(
    "properties",
    [
        locked(Days=30),
        clock(ExpirationInDays=30),
        clock(NoncurrentVersionExpiration={"NoncurrentDays": 31}),
        clock(Status="Disabled", ExpirationInDays=1),
        clock(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}),
    ],
)
def test_no_earlier_end_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "rule",
    [
        {"ExpirationInDays": 29},
        {"NoncurrentVersionExpiration": {"NoncurrentDays": 1}},
        {"NoncurrentVersionExpirationInDays": "29"},
    ],
)
def test_an_earlier_end_is_not(ask: Callable[..., Answer], rule: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, clock(**rule)), NonCompliant)


def test_years_count(ask: Callable[..., Answer]) -> None:
    lifecycle = {"LifecycleConfiguration": {"Rules": [{"ExpirationInDays": 364}]}}
    assert isinstance(ask(RULE, {**locked(Years=1), **lifecycle}), NonCompliant)


def test_what_is_not_locked_is_not_asked(ask: Callable[..., Answer]) -> None:
    lifecycle = {"LifecycleConfiguration": {"Rules": [{"ExpirationInDays": 1}]}}
    assert isinstance(ask(RULE, lifecycle), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        clock(ExpirationInDays={"Ref": "Given"}),
        {**locked(Days=1), "LifecycleConfiguration": {"Ref": "Given"}},
        locked(Days={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
