"""Resource policy names its actions."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ResourcePolicyNamesItsActions"
ROOT: dict[str, Any] = {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}
EVENTS = {"Service": "events.amazonaws.com"}


def put(principal: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", **fields}
    return {
        "properties": {"PolicyDocument": {"Statement": [statement]}},
        "resource_type": "AWS::SQS::QueuePolicy",
    }


def key(principal: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Resource": "*", **fields}
    return {"properties": {"KeyPolicy": {"Statement": [statement]}}, "resource_type": "AWS::KMS::Key"}


@pytest.mark.parametrize(
    "case",
    [
        put(EVENTS),
        put({"AWS": "arn:aws:iam::123456789012:role/w"}, Action=["sqs:Send*", {"Ref": "Given"}]),
        key({"AWS": "arn:aws:iam::123456789012:role/admin"}, Action=["kms:Describe*", "kms:Put*"]),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        key({"AWS": "arn:aws:iam::123456789012:role/admin"}, Action="kms:*"),
        put(EVENTS, Action="sqs:*"),
        key(
            {"AWS": "arn:aws:iam::123456789012:root"},
            Action=["kms:Decrypt", "kms:*"],
            Condition={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}},
        ),
        {
            "properties": {
                "Policy": {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:*"}]}
            },
            "resource_type": "AWS::ApiGateway::RestApi",
        },
        put({"AWS": "arn:aws:iam::123456789012:role/w"}, Action=["sqs:SendMessage", "*"]),
        {**put({"AWS": {"Ref": "Given"}}, Action="s3:*"), "resource_type": "AWS::S3::BucketPolicy"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PolicyDocument": {"Ref": "Given"}}, "resource_type": "AWS::SQS::QueuePolicy"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        put(ROOT, Action="sqs:*"),
        key({"AWS": "arn:aws:iam::123456789012:root"}, Action="kms:*"),
        put({"AWS": {"Ref": "AWS::AccountId"}}, Action="sqs:*"),
        put("*", Effect="Deny", Action="sqs:*"),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
