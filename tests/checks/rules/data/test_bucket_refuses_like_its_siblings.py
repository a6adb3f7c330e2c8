"""A bucket that lets in what all others refuse is found, however its policy is written."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BucketRefusesLikeItsSiblings"
Ask = Callable[..., Answer]
BUCKET, POLICY = "AWS::S3::Bucket", "AWS::S3::BucketPolicy"
STRANGERS: dict[str, Any] = {
    "StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
}
SERVICES: dict[str, Any] = {
    "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
    "Null": {"aws:SourceAccount": "false"},
}
OLD_TLS: dict[str, Any] = {"NumericLessThan": {"s3:TlsVersion": 1.2}}
TLS: dict[str, Any] = {"Bool": {"aws:SecureTransport": "false"}}
ALL = (STRANGERS, SERVICES, OLD_TLS)


def refusing(name: str, *conditions: dict[str, Any], principal: object = "*") -> dict[str, Any]:
    listed = [
        {"Effect": "Deny", "Principal": principal, "Action": "s3:*", "Resource": "*", "Condition": each}
        for each in conditions
    ]
    properties = {"Bucket": {"Ref": name}, "PolicyDocument": {"Statement": listed}}
    return {f"{name}Policy": {"Type": POLICY, "Properties": properties}}


def siblings(*conditions: dict[str, Any], number: int = 3) -> dict[str, Any]:
    names = [f"B{i}" for i in range(number)]
    policies = [refusing(name, *conditions) for name in names]
    return {**{name: {"Type": BUCKET} for name in names}, **{k: v for p in policies for k, v in p.items()}}


@pytest.mark.parametrize("own", [(STRANGERS, OLD_TLS), (STRANGERS, SERVICES), (STRANGERS,)])
def test_what_all_others_refuse_is_missed(ask: Ask, own: tuple[dict[str, Any], ...]) -> None:
    others = {**siblings(*ALL), **refusing("Subject", *own)}
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


def test_a_deny_for_one_caller_does_not_count(ask: Ask) -> None:
    others = {**siblings(OLD_TLS), **refusing("Subject", TLS)}
    one = refusing("Subject", OLD_TLS, principal={"AWS": "arn:aws:iam::111122223333:role/x"})
    others["SubjectPolicy"]["Properties"]["PolicyDocument"]["Statement"] += one["SubjectPolicy"][
        "Properties"
    ]["PolicyDocument"]["Statement"]
    assert isinstance(ask(RULE, {}, others=others), NonCompliant)


@pytest.mark.parametrize("own", [ALL, (*ALL, TLS)])
def test_what_refuses_the_same_is_compliant(ask: Ask, own: tuple[dict[str, Any], ...]) -> None:
    others = {**siblings(*ALL), **refusing("Subject", *own)}
    assert isinstance(ask(RULE, {}, others=others), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        siblings(*ALL),
        {**siblings(*ALL, number=2), **refusing("Subject", STRANGERS)},
        {**siblings(TLS), **refusing("Subject", TLS)},
    ],
)
def test_no_policy_and_no_practice_are_not_asked(ask: Ask, others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, {}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Ask) -> None:
    own = {"Type": POLICY, "Properties": {"Bucket": {"Ref": "Subject"}, "PolicyDocument": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, {}, others={**siblings(*ALL), "Own": own}), Unknown)
