"""A bucket refuses callers from outside."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-BucketKeepsStrangersOut"


def policy(statement: object) -> dict[str, Any]:
    document = {"Version": "2012-10-17", "Statement": [statement]}
    properties = {"Bucket": {"Ref": "Subject"}, "PolicyDocument": document}
    return {"Policy": {"Type": "AWS::S3::BucketPolicy", "Properties": properties}}


def refusing(**conditions: object) -> dict[str, Any]:
    return policy(
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": conditions}
    )


@pytest.mark.parametrize(
    "others",
    [
        refusing(StringNotEqualsIfExists={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
        refusing(StringNotEquals={"aws:PrincipalAccount": {"Ref": "AWS::AccountId"}}),
        refusing(StringNotEquals={"aws:sourceVpce": "vpce-1"}, BoolIfExists={"aws:ViaAWSService": "false"}),
    ],
)
def test_a_line_around_the_bucket_is_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        {},
        refusing(Bool={"aws:SecureTransport": "false"}),
        refusing(StringEquals={"aws:PrincipalAccount": "111122223333"}),
        refusing(StringNotLike={"aws:PrincipalAccount": "*"}),
        policy(
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": ["s3:PutObject"],
                "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "1"}},
            }
        ),
        policy({"Effect": "Allow", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "1"}}}),
    ],
)
def test_a_bucket_without_is_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


def test_the_line_of_another_bucket_does_not_count(ask: Callable[..., Answer]) -> None:
    others = refusing(StringNotEquals={"aws:PrincipalAccount": "1"})
    others["Policy"]["Properties"]["Bucket"] = {"Ref": "Other"}
    others["Other"] = {"Type": "AWS::S3::Bucket", "Properties": {"Tags": {"Ref": "Subject"}}}
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=policy({"Ref": "Given"})), Unknown)
