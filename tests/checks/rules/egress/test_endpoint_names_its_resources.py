"""Endpoint names its resources."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointNamesItsResources"


def endpoint(service: str = "secretsmanager", **fields: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:role/chat"},
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db",
        **fields,
    }
    name = f"com.amazonaws.us-east-1.{service}"
    return {"properties": {"ServiceName": name, "PolicyDocument": {"Statement": [statement]}}}


NONE: dict[str, Any] = {"properties": {"ServiceName": "com.amazonaws.us-east-1.sts"}}
TOKEN = {"properties": {**NONE["properties"], "PolicyDocument": {"Ref": "Given"}}}


@pytest.mark.parametrize(
    "case",
    [
        endpoint(),
        endpoint(
            Resource="*", Condition={"StringEquals": {"aws:ResourceAccount": {"Ref": "AWS::AccountId"}}}
        ),
        endpoint(Resource={"Fn::Sub": "arn:aws:s3:::${Given}/*"}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        endpoint(Resource="*"),
        endpoint("bedrock-runtime", Action="bedrock:InvokeModel", Resource="*"),
        endpoint("s3", Resource=["arn:aws:s3:::*"]),
        endpoint(Resource="*", Condition={"StringEqualsIfExists": {"aws:ResourceOrgID": "o-1"}}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"ServiceName": "com.amazonaws.us-east-1.sqs", "PolicyDocument": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        NONE,
        endpoint("xray", Resource="*"),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
