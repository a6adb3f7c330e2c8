"""Conversation expires."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ConversationExpires"
TTL = {"AttributeName": "expires", "Enabled": True}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"TableName": "chat-history", "TimeToLiveSpecification": TTL}},
        {
            "properties": {
                "TableName": {"Fn::Sub": "${AWS::StackName}-Sessions"},
                "TimeToLiveSpecification": TTL,
            }
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"TableName": "ConversationTable"}},
        {"properties": {"TableName": "sessions", "TimeToLiveSpecification": {**TTL, "Enabled": False}}},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {
                "TableName": "sessions",
                "TimeToLiveSpecification": {**TTL, "Enabled": {"Ref": "Given"}},
            }
        },
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"TableName": "orders"}},
        {"properties": {"TableName": {"Ref": "Given"}}},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
