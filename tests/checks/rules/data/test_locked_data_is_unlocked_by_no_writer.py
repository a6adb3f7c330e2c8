"""Who writes locked data does not unlock it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import locked

RULE = "OwaspLlm-LockedDataIsUnlockedByNoWriter"
OURS = {"Fn::Sub": "arn:aws:s3:::${Subject}/*"}
UNLOCKS = ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion", "s3:PutBucketObjectLockConfiguration"]


def allow(*actions: str, effect: str = "Allow", resource: object = OURS) -> dict[str, Any]:
    return {"Effect": effect, "Action": list(actions), "Resource": resource}


def role(name: str, *statements: dict[str, Any]) -> dict[str, Any]:
    policy = {"Roles": [{"Ref": name}], "PolicyDocument": {"Statement": list(statements)}}
    return {
        name: {"Type": "AWS::IAM::Role", "Properties": {}},
        f"{name}Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": policy},
    }


@pytest.mark.parametrize(
    "others",
    [
        {},
        role("Writer", allow("s3:PutObject", "s3:DeleteObject")),
        {**role("Writer", allow("s3:PutObject")), **role("Keeper", allow(*UNLOCKS))},
        role("Writer", allow("s3:PutObject"), allow(*UNLOCKS, resource="arn:aws:s3:::another/*")),
        role("Writer", allow("s3:*"), allow(*UNLOCKS, effect="Deny")),
    ],
)
def test_two_roles_for_two_tasks_are_compliant(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, locked(Days=1), others=others), Compliant)


@pytest.mark.parametrize("unlock", [*UNLOCKS, "s3:*"])
@pytest.mark.parametrize("resource", [OURS, "*", "arn:aws:s3:::*"])
def test_one_role_for_both_is_not(ask: Callable[..., Answer], unlock: str, resource: object) -> None:
    answer = ask(
        RULE,
        locked(Days=1),
        others=role("Writer", allow("s3:PutObject"), allow(unlock, resource=resource)),
    )
    assert isinstance(answer, NonCompliant)
    assert "Writer" in answer.message


def test_inline_policies_count(ask: Callable[..., Answer]) -> None:
    policy = {"PolicyName": "all", "PolicyDocument": {"Statement": allow("s3:*")}}
    others = {"Writer": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}}}
    assert isinstance(ask(RULE, locked(Days=1), others=others), NonCompliant)


def test_what_is_not_locked_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=role("Writer", allow("s3:*"))), NotApplicable)


def test_a_policy_that_is_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    others = role("Writer")
    others["WriterPolicy"]["Properties"]["PolicyDocument"] = {"Ref": "Given"}
    assert isinstance(ask(RULE, locked(Days=1), others=others), Unknown)
