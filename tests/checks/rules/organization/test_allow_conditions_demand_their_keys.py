"""Allow conditions demand their keys."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AllowConditionsDemandTheirKeys"


def allowing(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*", **fields}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def case(**fields: object) -> dict[str, Any]:
    return {"properties": allowing(**fields), "resource_type": "AWS::IAM::Policy"}


@pytest.mark.parametrize(
    "case",
    [
        case(Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}),
        case(
            Action=["s3:GetObject", "s3:ListBucket"],
            Condition={
                "StringLikeIfExists": {"s3:prefix": "docs/*"},
                "StringEquals": {"aws:SourceVpce": "vpce-1"},
            },
        ),
        case(Condition={"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": ["SourceArn"]}}),
        {
            "properties": {
                "AssumeRolePolicyDocument": {
                    "Statement": [{"Effect": "Allow", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}}]
                }
            },
            "resource_type": "AWS::IAM::Role",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        case(Condition={"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}),
        case(Condition={"StringEqualsIfExists": {"aws:ResourceAccount": "111122223333"}}),
        case(Action="s3:ListBucket", Condition={"StringLikeIfExists": {"s3:prefix": "docs/*"}}),
        case(Condition={"ForAllValues:StringLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/x"}}),
        case(Condition={"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["SourceArn"]}}),
        case(Condition={"ForAllValues:StringEquals": {"events:source": ["chat"]}}),
        case(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}),
        case(Condition={"StringEqualsIfExists": {"token.actions.githubusercontent.com:sub": "repo:a/b"}}),
        {
            "properties": {
                "AssumeRolePolicyDocument": {
                    "Statement": [
                        {"Effect": "Allow", "Condition": {"StringEqualsIfExists": {"sts:ExternalId": "x"}}}
                    ]
                }
            },
            "resource_type": "AWS::IAM::Role",
        },
        {
            "properties": {
                "KeyPolicy": {
                    "Statement": [
                        {"Effect": "Allow", "Condition": {"StringEqualsIfExists": {"kms:ViaService": "s3"}}}
                    ]
                }
            },
            "resource_type": "AWS::KMS::Key",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        case(Condition={"Ref": "Given"}),
        {"properties": {"PolicyDocument": {"Ref": "Given"}}, "resource_type": "AWS::SNS::TopicPolicy"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        case(Effect="Deny", Condition={"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}),
        case(Condition={"StringEqualsIfExists": {"ec2:InstanceType": "t3.micro"}}),
        case(Condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["x"]}}),
        case(
            Condition={
                "ForAllValues:StringEquals": {"events:source": ["chat"]},
                "Null": {"events:source": "false"},
            }
        ),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
