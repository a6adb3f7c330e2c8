"""A role that is taken for one user or tenant reads the rows of no other."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-RoleKeepsToItsTags"
TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/rows"
OWN = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["user#${aws:PrincipalTag/User_id}"]}}
TRUST = {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:role/chat"},
    "Action": ["sts:AssumeRole", "sts:TagSession"],
    "Condition": {"StringLike": {"aws:RequestTag/user_id": "?*"}},
}


def policy(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": TABLE, **fields}
    return {"PolicyDocument": {"Statement": [statement]}, "Roles": [{"Ref": "Role"}]}


def asked(ask: Callable[..., Answer], properties: dict[str, Any], trust: object = TRUST) -> Answer:
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": [trust]}}}
    return ask(RULE, properties, resource_type="AWS::IAM::ManagedPolicy", others={"Role": role})


@pytest.mark.parametrize(
    "fields",
    [
        {"Condition": OWN},
        {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::uploads/${aws:PrincipalTag/user_id}/*"},
    ],
)
def test_what_looks_at_the_tag_is_compliant(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(asked(ask, policy(**fields)), Compliant)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["*"]}}},
        {"Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/team}"]}}},
        {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::uploads/*"},
    ],
)
def test_what_does_not_is_found(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    answer = asked(ask, policy(**fields))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    ("fields", "trust"),
    [
        ({"Action": "kms:Decrypt"}, TRUST),
        ({"Effect": "Deny"}, TRUST),
        ({}, {**TRUST, "Action": "sts:AssumeRole"}),
        ({}, {**TRUST, "Principal": {"Service": "pods.eks.amazonaws.com"}}),
        ({}, {**TRUST, "Condition": {"StringEquals": {"sts:ExternalId": "chat"}}}),
    ],
)
def test_a_role_that_is_for_nobody_in_particular_is_not_asked(
    ask: Callable[..., Answer], fields: dict[str, Any], trust: dict[str, Any]
) -> None:
    assert isinstance(asked(ask, policy(**fields), trust), NotApplicable)


def test_a_policy_of_no_role_is_not_asked(ask: Callable[..., Answer]) -> None:
    properties: dict[str, Any] = {**policy(), "Roles": []}
    assert isinstance(asked(ask, properties), NotApplicable)
