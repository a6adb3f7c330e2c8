"""Resource policy names its principals."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ResourcePolicyNamesItsPrincipals"


def put(principal: object, **fields: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": "*",
        **fields,
    }
    return {
        "properties": {"PolicyDocument": {"Statement": [statement]}},
        "resource_type": "AWS::S3::BucketPolicy",
    }


@pytest.mark.parametrize(
    "case",
    [
        put({"Service": "cloudtrail.amazonaws.com"}),
        put({"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}),
        put("*", Effect="Deny"),
        put("*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}),
        put({"AWS": "*"}, Condition={"ArnEquals": {"aws:SourceArn": {"Ref": "Given"}}}),
        {
            "properties": {
                "FileSystemPolicy": {
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": "*",
                            "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
                        }
                    ]
                }
            },
            "resource_type": "AWS::EFS::FileSystem",
        },
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        put("*"),
        put({"AWS": ["*"]}),
        put("*", Condition={"Bool": {"aws:SecureTransport": "true"}}),
        put("*", Condition={"StringLike": {"aws:PrincipalArn": "*"}}),
        {**put("*"), "resource_type": "AWS::SQS::QueuePolicy"},
        {
            "properties": {
                "ResourcePolicy": {
                    "Statement": {
                        "Effect": "Allow",
                        "Principal": "*",
                        "Action": "secretsmanager:GetSecretValue",
                    }
                }
            },
            "resource_type": "AWS::SecretsManager::ResourcePolicy",
        },
        {
            "properties": {"PolicyDocument": '{"Statement": [{"Effect": "Allow", "Principal": "*"}]}'},
            "resource_type": "AWS::Logs::ResourcePolicy",
        },
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        put({"Ref": "Given"}),
        {"properties": {"PolicyDocument": {"Ref": "Given"}}, "resource_type": "AWS::S3::BucketPolicy"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {}, "resource_type": "AWS::ECR::Repository"},
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
