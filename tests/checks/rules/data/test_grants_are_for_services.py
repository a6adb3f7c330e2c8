"""A policy that lets anybody be granted the use of a key is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GrantsAreForServices"


def key(action: object, condition: object = None) -> dict[str, Any]:
    principal = {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    if condition:
        statement["Condition"] = condition
    return {"KeyPolicy": {"Statement": [statement]}}


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        {"StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}},
        {"ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]}},
        {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
    ],
)
def test_a_bound_grant_is_compliant(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, key("kms:CreateGrant", condition)), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"Bool": {"aws:SecureTransport": "true"}},
        {"BoolIfExists": {"kms:GrantIsForAWSResource": "true"}},
    ],
)
def test_a_grant_to_anybody_is_found(ask: Callable[..., Answer], condition: object) -> None:
    answer = ask(RULE, key(["kms:Decrypt", "kms:CreateGrant"], condition))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "KeyPolicy.Statement.0.Condition"


def test_identity_policies_are_read_too(ask: Callable[..., Answer]) -> None:
    document = {"Statement": {"Effect": "Allow", "Action": "kms:CreateGrant", "Resource": "*"}}
    answer = ask(RULE, {"PolicyDocument": document}, resource_type="AWS::IAM::Policy")
    assert isinstance(answer, NonCompliant)


@pytest.mark.parametrize("properties", [key("kms:*"), key("kms:Create*"), key("kms:Decrypt"), {}])
def test_who_administers_the_key_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, key("kms:CreateGrant", {"Ref": "Given"})), Unknown)
