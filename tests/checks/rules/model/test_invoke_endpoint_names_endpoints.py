"""Endpoints are named in the permission to call them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InvokeEndpointNamesEndpoints"
OTHERS: dict[str, Any] = {"Endpoint": {"Type": "AWS::SageMaker::Endpoint"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:endpoint/chat",
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": "arn:aws:sagemaker:us-east-1:111122223333:endpoint/chat-*",
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": {"Ref": "Endpoint"},
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": {"Fn::Sub": "arn:aws:sagemaker:*:*:endpoint/${Endpoint.EndpointName}"},
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
]
UNRESOLVED: list[Case] = [
    (
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": {"Ref": "Given"},
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    )
]
OTHER_MATTERS: list[Case] = [
    (
        {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}},
        "AWS::IAM::Policy",
    ),
    (
        {
            "PolicyDocument": {
                "Statement": [{"Effect": "Deny", "Action": "sagemaker:InvokeEndpoint", "Resource": "*"}]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        {
            "PolicyDocument": {
                "Statement": [{"Effect": "Allow", "Action": "sagemaker:DescribeEndpoint", "Resource": "*"}]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}},
        "AWS::IAM::Policy",
    ),
]
WEAK: list[Weak] = [
    (
        "PolicyDocument.Statement.0.Resource.0",
        {
            "PolicyDocument": {
                "Statement": [{"Effect": "Allow", "Action": "sagemaker:InvokeEndpoint", "Resource": "*"}]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        "PolicyDocument.Statement.0.Resource.0",
        {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sagemaker:*", "Resource": "*"}]}},
        "AWS::IAM::Policy",
    ),
    (
        "PolicyDocument.Statement.0.Resource.0",
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": ["arn:aws:sagemaker:us-east-1:111122223333:endpoint/*"],
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
    (
        "PolicyDocument.Statement.0.Resource.0",
        {
            "PolicyDocument": {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sagemaker:InvokeEndpoint",
                        "Resource": {
                            "Fn::Sub": "arn:aws:sagemaker:${AWS::Region}:${AWS::AccountId}:endpoint/*"
                        },
                    }
                ]
            }
        },
        "AWS::IAM::Policy",
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
