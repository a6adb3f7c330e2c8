"""Bedrock becomes the role for one's own account only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KnowledgeBaseRoleServesThisAccount"
BASE = {"RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}


def role(condition: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "bedrock.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    trust = {"AssumeRolePolicyDocument": {"Statement": [statement]}}
    return {"Role": {"Type": "AWS::IAM::Role", "Properties": trust}}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
        {"ArnLike": {"AWS:SourceArn": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/*"}},
    ],
)
def test_an_account_or_its_bases_are_compliant(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, BASE, others=role(condition)), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"StringEqualsIfExists": {"aws:SourceAccount": "123456789012"}},
        {"Bool": {"aws:SecureTransport": "true"}},
    ],
)
def test_any_account_is_not(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, BASE, others=role(condition)), NonCompliant)


def test_a_role_from_elsewhere_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"RoleArn": "arn:aws:iam::123456789012:role/base"}), NotApplicable)


def test_a_role_that_the_deployment_gives_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"RoleArn": {"Ref": "Given"}}), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, BASE, others=role({"Ref": "Given"})), Unknown)
