"""What nearly all statements of a deployment demand of an action, every one demands."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-AllowIsBoundLikeOthers"
VIA = {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}
ROWS = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user}"]}}
TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/rows"
KEY = {"Fn::GetAtt": ["Key", "Arn"]}


def policy(condition: object = None, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, **fields}
    bound = {"Condition": condition} if condition else {}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{**statement, **bound}]}}


def beside(count: int, condition: object = None, **fields: object) -> dict[str, Any]:
    properties = policy(condition, **fields)
    return {f"P{n}": {"Type": "AWS::IAM::Policy", "Properties": properties} for n in range(count)}


def of_keys(number: int) -> dict[str, Any]:
    """Policies, each for a key of its own."""
    return {
        f"P{n}": {"Type": "AWS::IAM::Policy", "Properties": policy(VIA, Resource=f"arn:aws:kms:::key/{n}")}
        for n in range(number)
    }


def asked(ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]) -> Answer:
    key: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}
    return ask(RULE, properties, resource_type="AWS::IAM::Policy", others={**key, **others})


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringEqualsIfExists": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
        {"StringLike": {"kms:ViaService": "*"}},
        {"Null": {"kms:ViaService": "false"}},
        {"StringNotEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
    ],
)
def test_one_without_the_condition_of_all_others_is_found(
    ask: Callable[..., Answer], condition: object
) -> None:
    answer = asked(ask, policy(condition), of_keys(3))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    "condition", [VIA, {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:*:*"}}]
)
def test_one_with_it_or_with_its_equal_is_compliant(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(asked(ask, policy(condition), of_keys(3)), Compliant)


def test_two_that_agree_about_one_table_are_its_norm(ask: Callable[..., Answer]) -> None:
    read: dict[str, Any] = {"Action": "dynamodb:Query", "Resource": TABLE}
    assert isinstance(asked(ask, policy(**read), beside(2, ROWS, **read)), NonCompliant)
    assert not isinstance(asked(ask, policy(**read), beside(1, ROWS, **read)), NonCompliant)
    other = {**read, "Resource": f"{TABLE}-of-others"}
    assert not isinstance(asked(ask, policy(**other), beside(2, ROWS, **read)), NonCompliant)


def test_where_two_of_many_differ_nothing_is_the_norm(ask: Callable[..., Answer]) -> None:
    free = {"Q": {"Type": "AWS::IAM::Policy", "Properties": policy(Resource="arn:aws:kms:::key/q")}}
    assert not isinstance(asked(ask, policy(), {**of_keys(3), **free}), NonCompliant)


def test_what_only_describes_is_not_asked(ask: Callable[..., Answer]) -> None:
    about: dict[str, Any] = {"Action": "kms:DescribeKey"}
    assert isinstance(asked(ask, policy(**about), beside(3, VIA, **about)), NotApplicable)


@pytest.mark.parametrize("kind", ["AWS::Lambda::Function", "AWS::Scheduler::Schedule"])
def test_a_key_that_is_used_by_the_role_itself_needs_no_service(
    ask: Callable[..., Answer], kind: str
) -> None:
    user = {"User": {"Type": kind, "Properties": {"KmsKeyArn": KEY}}}
    assert isinstance(asked(ask, policy(), {**of_keys(3), **user}), NotApplicable)


def test_a_key_whose_policy_names_the_role_agreed(ask: Callable[..., Answer]) -> None:
    role: dict[str, Any] = {"Role": {"Type": "AWS::IAM::Role", "Properties": {}}}
    agreed = {
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::GetAtt": ["Role", "Arn"]}},
        "Action": "kms:Decrypt",
    }
    key = {"Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": [agreed]}}}}
    properties = {**policy(), "Roles": [{"Ref": "Role"}]}
    assert isinstance(asked(ask, properties, {**of_keys(3), **role, **key}), NotApplicable)


def test_what_eventbridge_brings_on_is_from_whomever(ask: Callable[..., Answer]) -> None:
    send: dict[str, Any] = {"Action": "events:PutEvents", "Resource": "arn:aws:events:::event-bus/b"}
    source = {"StringEquals": {"events:source": "chat"}}
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}}]}
    role = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}}
    properties = policy(**send)
    assert isinstance(asked(ask, properties, beside(3, source, **send)), NonCompliant)
    carried = {**properties, "Roles": [{"Ref": "Role"}]}
    assert isinstance(asked(ask, carried, {**beside(3, source, **send), **role}), NotApplicable)
