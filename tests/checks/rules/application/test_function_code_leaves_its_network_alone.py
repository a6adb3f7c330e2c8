"""The one policy that lets the code of functions into the network is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-FunctionCodeLeavesItsNetworkAlone"
Ask = Callable[..., Answer]
KIND = "AWS::IAM::ManagedPolicy"
JOIN = {"Effect": "Allow", "Action": ["ec2:CreateNetworkInterface"], "Resource": "*"}
NOT_BY_CODE = {
    **JOIN,
    "Effect": "Deny",
    "Condition": {"ArnLike": {"lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:*"}},
}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"PolicyDocument": {"Statement": list(statements)}}


def others(*statements: dict[str, Any], number: int = 3) -> dict[str, Any]:
    return {f"P{i}": {"Type": KIND, "Properties": policy(*statements)} for i in range(number)}


def test_the_one_without_is_found(ask: Ask) -> None:
    answer = ask(RULE, policy(JOIN), resource_type=KIND, others=others(JOIN, NOT_BY_CODE))
    assert isinstance(answer, NonCompliant)


def test_a_deny_of_something_else_is_none(ask: Ask) -> None:
    own = policy(JOIN, {**NOT_BY_CODE, "Action": "ec2:CreateRoute"})
    answer = ask(RULE, own, resource_type=KIND, others=others(JOIN, NOT_BY_CODE))
    assert isinstance(answer, NonCompliant)


def test_one_like_its_siblings_is_compliant(ask: Ask) -> None:
    own = policy(JOIN, {**NOT_BY_CODE, "Action": "ec2:*"})
    answer = ask(RULE, own, resource_type=KIND, others=others(JOIN, NOT_BY_CODE))
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize(
    ("own", "siblings"),
    [
        (policy(JOIN), others(JOIN)),
        (policy(JOIN), others(JOIN, NOT_BY_CODE, number=2)),
        (policy({**JOIN, "Action": "s3:GetObject"}), others(JOIN, NOT_BY_CODE)),
        (policy({"Ref": "Given"}), others(JOIN, NOT_BY_CODE)),
    ],
)
def test_no_practice_and_no_network_are_not_asked(
    ask: Ask, own: dict[str, Any], siblings: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, own, resource_type=KIND, others=siblings), NotApplicable)
