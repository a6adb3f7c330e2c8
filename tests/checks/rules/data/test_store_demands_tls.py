"""Store demands tls."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-StoreDemandsTls"
INSECURE: dict[str, Any] = {"Bool": {"aws:SecureTransport": "false"}}


def refusing(bucket: object = None, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": INSECURE, **fields}
    properties = {"Bucket": bucket or {"Ref": "Subject"}, "PolicyDocument": {"Statement": [statement]}}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


DENY = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*"}
QUEUE = {
    "Policy": {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": "Subject"}],
            "PolicyDocument": {"Statement": {**DENY, "Condition": INSECURE}},
        },
    }
}


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "others": refusing()},
        {"properties": {}, "others": refusing(Effect="Deny", Action="*")},
        {
            "properties": {},
            "others": refusing(Condition={"NumericLessThanIfExists": {"s3:TlsVersion": "1.2"}}),
        },
        {"properties": {"BucketName": "docs-1"}, "others": refusing("docs-1")},
        {"properties": {}, "resource_type": "AWS::SQS::Queue", "others": QUEUE},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}},
        {"properties": {}, "others": refusing(Effect="Allow")},
        {"properties": {}, "others": refusing(Condition={"NumericLessThan": {"s3:TlsVersion": "1.2"}})},
        {"properties": {}, "others": refusing(Condition={"Bool": {"aws:SecureTransport": "true"}})},
        {"properties": {}, "others": refusing("another")},
        {"properties": {}, "others": refusing(Action="none:Nothing")},
        {"properties": {}, "others": refusing(Principal={"AWS": "arn:aws:iam::1:role/x"})},
        {"properties": {}, "resource_type": "AWS::SNS::Topic"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {
            "properties": {},
            "others": {
                "P": {
                    "Type": "AWS::S3::BucketPolicy",
                    "Properties": {"Bucket": {"Ref": "Subject"}, "PolicyDocument": {"Ref": "Given"}},
                }
            },
        },
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
