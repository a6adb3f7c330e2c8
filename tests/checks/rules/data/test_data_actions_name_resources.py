"""Data actions name resources."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DataActionsNameResources"


def allowing(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*", **fields}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def case(**fields: object) -> dict[str, Any]:
    return {"properties": allowing(**fields), "resource_type": "AWS::IAM::Policy"}


@pytest.mark.parametrize(
    "case",
    [
        case(),
        case(Resource={"Fn::Sub": "arn:aws:s3:::${Given}/*"}),
        case(Action="dynamodb:*", Resource={"Fn::GetAtt": ["Rows", "Arn"]}),
        case(
            Action="kms:Decrypt",
            Resource="*",
            Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}},
        ),
        case(Action="dynamodb:Query", Resource="arn:aws:dynamodb:*:*:table/chats"),
        case(Resource={"Ref": "Given"}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        case(Resource="*"),
        case(Resource="arn:aws:s3:::*"),
        case(Action=["logs:PutLogEvents", "kms:Decrypt"], Resource=["*"]),
        case(
            Action="dynamodb:Get*",
            Resource={"Fn::Sub": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*"},
        ),
        case(Action="sagemaker:InvokeEndpoint", Resource="*"),
        case(Action="lambda:InvokeFunction", Resource="arn:aws:lambda:us-west-2:111122223333:function:*"),
        case(Action="sts:AssumeRole", Resource="*"),
        {"properties": {"Policies": [allowing(Resource="*")]}, "resource_type": "AWS::IAM::Role"},
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PolicyDocument": {"Ref": "Given"}}, "resource_type": "AWS::IAM::Policy"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        case(Effect="Deny", Resource="*"),
        case(
            Action=["xray:PutTraceSegments", "ec2:DescribeSubnets", "textract:DetectDocumentText"],
            Resource="*",
        ),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
