"""A condition on an Allow that accepts any value is found, whatever the policy."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-ConditionTestsAValue"
KMS: dict[str, Any] = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}


def when(operator: str, key: str, value: object) -> dict[str, Any]:
    return {**KMS, "Condition": {operator: {key: value}}}


def policy(statement: dict[str, Any]) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": [statement]}}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringLike", "kms:ViaService", "*"),
        ("StringLike", "kms:ViaService", ["s3.eu-west-1.amazonaws.com", "*"]),
        ("ArnLike", "aws:PrincipalArn", "*"),
        ("ArnEquals", "aws:PrincipalArn", "*"),
        ("StringLikeIfExists", "s3:prefix", "**"),
        ("ForAnyValue:StringLike", "kms:EncryptionContextKeys", "*"),
        ("ForAllValues:StringLike", "aws:TagKeys", ["*"]),
    ],
)
def test_any_value_is_found(ask: Callable[..., Answer], operator: str, key: str, value: object) -> None:
    answer = ask(RULE, policy(when(operator, key, value)), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringLike", "kms:ViaService", "*.amazonaws.com"),
        ("StringLike", "s3:prefix", ["", "home/*"]),
        ("StringLike", "kms:ViaService", {"Ref": "Given"}),
    ],
)
def test_a_pattern_that_says_something_is_compliant(
    ask: Callable[..., Answer], operator: str, key: str, value: object
) -> None:
    answer = ask(RULE, policy(when(operator, key, value)), resource_type="AWS::IAM::Policy")
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize(
    "statement",
    [
        when("StringLike", "aws:RequestTag/team", "*"),
        when("StringLike", "aws:CalledVia", "*"),
        when("StringEquals", "s3:prefix", "*"),
        {**when("StringLike", "kms:ViaService", "*"), "Effect": "Deny"},
        KMS,
    ],
)
def test_what_tests_presence_or_denies_is_not_asked(
    ask: Callable[..., Answer], statement: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, policy(statement), resource_type="AWS::IAM::Policy"), NotApplicable)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("AWS::KMS::Key", "KeyPolicy"),
        ("AWS::EC2::VPCEndpoint", "PolicyDocument"),
        ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
        ("AWS::SQS::QueuePolicy", "PolicyDocument"),
        ("AWS::ApiGateway::RestApi", "Policy"),
    ],
)
def test_every_kind_of_policy_is_read(ask: Callable[..., Answer], kind: str, path: str) -> None:
    properties = {path: {"Statement": when("StringLike", "aws:SourceArn", "*")}}
    assert isinstance(ask(RULE, properties, resource_type=kind), NonCompliant)


def test_a_boundary_is_read_too(ask: Callable[..., Answer]) -> None:
    boundary = policy(when("StringLike", "iam:PassedToService", "*"))
    role = {"Type": "AWS::IAM::Role", "Properties": {"PermissionsBoundary": {"Ref": "Subject"}}}
    answer = ask(RULE, boundary, others={"Role": role}, resource_type="AWS::IAM::ManagedPolicy")
    assert isinstance(answer, NonCompliant)
