"""The only service that acts for anybody is found, where all others are bound to the account."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ServiceIsBoundLikeItsSiblings"
ACCOUNT = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def role(service: str, condition: object = None) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}}
    if condition:
        statement["Condition"] = condition
    return {"AssumeRolePolicyDocument": {"Statement": [statement]}}


def store(condition: object = None) -> dict[str, Any]:
    return {"PolicyDocument": role("delivery.logs", condition)["AssumeRolePolicyDocument"]}


def three(properties: dict[str, Any], kind: str = "AWS::IAM::Role") -> dict[str, Any]:
    return {f"R{i}": {"Type": kind, "Properties": properties} for i in range(3)}


BOUND = three(role("states", ACCOUNT))


def test_one_that_is_bound_is_compliant(ask: Callable[..., Answer]) -> None:
    by_arn = {"ArnLike": {"aws:SourceArn": "arn:aws:scheduler:*:111122223333:schedule/*"}}
    assert isinstance(ask(RULE, role("scheduler", by_arn), others=BOUND), Compliant)


@pytest.mark.parametrize("condition", [None, {"StringEqualsIfExists": {"aws:SourceAccount": "1"}}])
def test_the_only_one_that_is_not_is_found(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, role("scheduler", condition), others=BOUND), NonCompliant)


def test_a_service_that_does_not_say_for_whom_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, role("lambda"), others=BOUND), NotApplicable)


def test_without_a_practice_nobody_is_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, role("states"), others=three(role("states"))), NotApplicable)


def test_stores_are_siblings_of_stores(ask: Callable[..., Answer]) -> None:
    kind = "AWS::S3::BucketPolicy"
    others = three(store(ACCOUNT), kind)
    by_list = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}
    assert isinstance(ask(RULE, store(ACCOUNT), others=others, resource_type=kind), Compliant)
    assert isinstance(ask(RULE, store(by_list), others=others, resource_type=kind), NonCompliant)
    assert isinstance(ask(RULE, store(), others=BOUND, resource_type=kind), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, role("states", {"Ref": "Given"}), others=BOUND), Unknown)
