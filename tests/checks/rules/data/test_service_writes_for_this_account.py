"""Service writes for this account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ServiceWritesForThisAccount"
ROOT: dict[str, Any] = {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}
EVENTS = {"Service": "events.amazonaws.com"}


def put(principal: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", **fields}
    return {
        "properties": {"PolicyDocument": {"Statement": [statement]}},
        "resource_type": "AWS::SQS::QueuePolicy",
    }


@pytest.mark.parametrize(
    "case",
    [
        put(EVENTS, Condition={"ArnEquals": {"aws:SourceArn": {"Ref": "Given"}}}),
        put(EVENTS, Condition={"StringEquals": {"AWS:SourceAccount": "123456789012"}}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        put(EVENTS),
        put(EVENTS, Condition={"Bool": {"aws:SecureTransport": "true"}}),
        put(EVENTS, Condition={"StringEqualsIfExists": {"aws:SourceAccount": "1"}}),
        put(EVENTS, Condition={"ArnLike": {"aws:SourceArn": "*"}}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        put(EVENTS, Condition={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        put(ROOT),
        put(EVENTS, Effect="Deny"),
        put({"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
