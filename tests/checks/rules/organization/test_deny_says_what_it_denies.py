"""A Deny of nothing is found, wherever it stands."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DenySaysWhatItDenies"


DENY: dict[str, Any] = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}


def policy(**fields: object) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": [{**DENY, **fields}]}}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Action": None, "NotAction": ["s3:*"]},
        {"Resource": {"Ref": "Given"}},
        {"Action": {"Ref": "Given"}},
        {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    ],
)
def test_a_deny_of_something_is_compliant(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, policy(**fields), resource_type="AWS::IAM::ManagedPolicy"), Compliant)


@pytest.mark.parametrize(
    "fields",
    [
        {"Action": []},
        {"Action": None},
        {"Resource": []},
        {"Resource": ""},
        {"Action": None, "NotAction": "*"},
        {"Resource": None, "NotResource": ["*"]},
    ],
)
def test_a_deny_of_nothing_is_not(ask: Callable[..., Answer], fields: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, policy(**fields), resource_type="AWS::IAM::ManagedPolicy"), NonCompliant)


def test_a_bucket_a_key_and_an_organization_are_read_too(ask: Callable[..., Answer]) -> None:
    empty: dict[str, Any] = {"Statement": [{**DENY, "Action": []}]}
    assert isinstance(
        ask(RULE, {"PolicyDocument": empty}, resource_type="AWS::S3::BucketPolicy"), NonCompliant
    )
    assert isinstance(ask(RULE, {"KeyPolicy": empty}, resource_type="AWS::KMS::Key"), NonCompliant)
    assert isinstance(ask(RULE, {"Content": empty}, resource_type="AWS::Organizations::Policy"), NonCompliant)


def test_a_condition_that_is_not_there_is_unknown(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, policy(Condition={"Ref": "Given"}), resource_type="AWS::IAM::ManagedPolicy")
    assert isinstance(answer, Unknown)


def test_a_policy_without_a_deny_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(
        ask(RULE, policy(Effect="Allow", Action=[]), resource_type="AWS::IAM::Policy"), NotApplicable
    )
