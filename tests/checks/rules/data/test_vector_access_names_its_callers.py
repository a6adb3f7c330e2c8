"""Vector access names its callers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-VectorAccessNamesItsCallers"
TEXT = '[{"Rules": [{"Permission": ["aoss:ReadDocument"]}], "Principal": ["${Given}"]}]'


def access(
    principal: str = "arn:aws:iam::123456789012:role/kb",
    permission: str = "aoss:ReadDocument",
    named: str = "index/kb/*",
) -> dict[str, Any]:
    rules = [{"ResourceType": "index", "Resource": [named], "Permission": [permission]}]
    return {
        "properties": {"Type": "data", "Policy": json.dumps([{"Rules": rules, "Principal": [principal]}])}
    }


@pytest.mark.parametrize(
    "case",
    [
        access(),
        access(principal="arn:aws:sts::123456789012:assumed-role/kb/session"),
        {"properties": {"Policy": {"Fn::Sub": TEXT}}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        access(permission="aoss:*"),
        access(principal="arn:aws:iam::123456789012:root"),
        access(principal="*"),
        access(named="index/*/*"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"Policy": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
