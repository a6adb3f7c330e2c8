"""A role whose rows follow a tag, and which is taken without it, is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-SessionTagIsDemanded"
ROWS = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user_id}"]}}
DEMANDED = {"StringLike": {"aws:RequestTag/user_id": "?*"}}
ONLY = {"ForAllValues:StringEquals": {"aws:TagKeys": ["user_id"]}}
POLICY = {
    "PolicyName": "rows",
    "PolicyDocument": {
        "Statement": [{"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "*", "Condition": ROWS}]
    },
}


def trust(condition: object, **fields: object) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/chat"},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
        **({"Condition": condition} if condition else {}),
        **fields,
    }
    return {"AssumeRolePolicyDocument": {"Statement": [statement]}}


def role(condition: object, **fields: object) -> dict[str, Any]:
    return {**trust(condition, **fields), "Policies": [POLICY]}


def test_a_tag_that_is_demanded_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, role({**DEMANDED, **ONLY})), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        None,
        ONLY,
        DEMANDED,
        {"StringLikeIfExists": {"aws:RequestTag/user_id": "?*"}, **ONLY},
        {"StringLike": {"aws:RequestTag/user_id": "*"}, **ONLY},
        {"StringLike": {"aws:RequestTag/team": "?*"}, **ONLY},
    ],
)
def test_a_tag_that_may_be_missing_empty_or_beside_others_is_found(
    ask: Callable[..., Answer], condition: object
) -> None:
    assert isinstance(ask(RULE, role(condition)), NonCompliant)


def test_a_policy_that_stands_apart_is_read(ask: Callable[..., Answer]) -> None:
    apart = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"Roles": [{"Ref": "Subject"}], "PolicyDocument": POLICY["PolicyDocument"]},
    }
    assert isinstance(ask(RULE, trust(None), others={"Apart": apart}), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        trust(None),
        role(None, Principal={"Federated": "cognito-identity.amazonaws.com"}),
        role(None, Action="sts:AssumeRole"),
    ],
)
def test_where_the_caller_sets_no_tag_nothing_is_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, role({"Ref": "Given"})), Unknown)
