"""A user of an identity pool reads and writes what is his own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-UserKeepsToHisOwn"
POOL = "cognito-identity.amazonaws.com"
OWN = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${cognito-identity.amazonaws.com:sub}"]}}


def role(federated: str = POOL, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:::table/chats"}
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": federated},
        "Action": "sts:AssumeRoleWithWebIdentity",
    }
    document = {"Statement": [{**statement, **fields}]}
    return {
        "AssumeRolePolicyDocument": {"Statement": [trust]},
        "Policies": [{"PolicyName": "own", "PolicyDocument": document}],
    }


def asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> Answer:
    return ask(RULE, properties, resource_type="AWS::IAM::Role")


@pytest.mark.parametrize(
    "fields",
    [
        {"Condition": OWN},
        {"Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/sub}"]}}},
        {
            "Action": "s3:PutObject",
            "Resource": {"Fn::Sub": "arn:aws:s3:::uploads/${!cognito-identity.amazonaws.com:sub}/*"},
        },
    ],
)
def test_what_says_whose_is_compliant(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(asked(ask, role(**fields)), Compliant)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["all"]}}},
        {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::uploads/*"},
    ],
)
def test_what_does_not_is_found(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    answer = asked(ask, role(**fields))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Policies.0.PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    "properties",
    [
        role("accounts.google.com"),
        role(Action="s3:GetObject", Resource="arn:aws:s3:::pictures/*"),
        role(Effect="Deny"),
        role(Action="lex:PostText", Resource="*"),
    ],
)
def test_what_belongs_to_nobody_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(asked(ask, properties), NotApplicable)
