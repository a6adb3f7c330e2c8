"""Passed roles are named."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-PassedRolesAreNamed"


def allowing(**fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*", **fields}
    return {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def case(**fields: object) -> dict[str, Any]:
    return {"properties": allowing(**fields), "resource_type": "AWS::IAM::Policy"}


@pytest.mark.parametrize(
    "case",
    [
        case(Action="iam:PassRole", Resource={"Ref": "Given"}),
        case(Action=["iam:PassRole"], Resource="arn:aws:iam::123456789012:role/ingest-*"),
        case(Action="iam:PassRole", Resource={"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/${Given}"}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        case(Action="iam:PassRole", Resource="*"),
        case(Action="iam:*", Resource="*"),
        case(Action="iam:Pass*", Resource={"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/*"}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"PolicyDocument": {"Ref": "Given"}}, "resource_type": "AWS::IAM::Policy"},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        case(),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)
