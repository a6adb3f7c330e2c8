"""A foreign account beside one's own is found; a list of accounts, or one alone, is meant."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-ForeignAccountHasItsOwnStatement"
OWN = {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}
ROLE = "arn:aws:iam::111122223333:role/chat"
FOREIGN = "arn:aws:iam::444455556666:root"
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}


def key(principals: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "kms:*", **fields}
    return {"KeyPolicy": {"Statement": [statement]}}


@pytest.mark.parametrize(
    "principals",
    [
        [OWN, FOREIGN],
        [ROLE, FOREIGN],
        [ROLE, "444455556666"],
        [{"Ref": "AWS::AccountId"}, {"Fn::Sub": "arn:${AWS::Partition}:iam::444455556666:root"}],
        [{"Fn::GetAtt": ["Caller", "Arn"]}, FOREIGN],
    ],
)
def test_a_foreign_account_beside_ones_own_is_found(
    ask: Callable[..., Answer], principals: list[object]
) -> None:
    answer = ask(RULE, key(principals), others={"Caller": {"Type": "AWS::IAM::Role"}}, resource_type=KEY)
    assert isinstance(answer, NonCompliant)
    assert "444455556666" in answer.message


KEY = "AWS::KMS::Key"


@pytest.mark.parametrize(
    "properties",
    [
        key(OWN),
        key(FOREIGN),
        key([OWN, {"Fn::GetAtt": ["Caller", "Arn"]}]),
        key([ROLE, "arn:aws:iam::111122223333:root"]),
        key([ROLE, "arn:aws:iam::444455556666:role/reader"]),
        key([FOREIGN, "arn:aws:iam::777788889999:root", "arn:aws:iam::111122223333:root"]),
        key([OWN, FOREIGN], Condition=ORGANIZATION),
        key([OWN, {"Ref": "Given"}]),
    ],
)
def test_what_is_meant_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    others = {"Caller": {"Type": "AWS::IAM::Role"}}
    assert isinstance(ask(RULE, properties, others=others, resource_type=KEY), Compliant)


@pytest.mark.parametrize("properties", [key("*"), key([OWN, FOREIGN], Effect="Deny"), {}])
def test_everybody_and_a_deny_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type=KEY), NotApplicable)


def test_a_trust_and_an_endpoint_are_read_too(ask: Callable[..., Answer]) -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": [OWN, FOREIGN]}, "Action": "sts:AssumeRole"}
    trust = {"AssumeRolePolicyDocument": {"Statement": statement}}
    assert isinstance(ask(RULE, trust, resource_type="AWS::IAM::Role"), NonCompliant)
    endpoint = {"PolicyDocument": {"Statement": [statement]}}
    assert isinstance(ask(RULE, endpoint, resource_type="AWS::EC2::VPCEndpoint"), NonCompliant)
