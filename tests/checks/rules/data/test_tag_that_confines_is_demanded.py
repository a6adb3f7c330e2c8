"""A tag that is demanded and confines nobody is found, and one that confines and may be missing."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-TagThatConfinesIsDemanded"
Ask = Callable[..., Answer]
TAG = "aws:PrincipalTag/tenant"


def deny(condition: dict[str, Any] | None = None, **fields: object) -> dict[str, Any]:
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        **({"Condition": condition} if condition else {}),
        **(fields or {"Resource": "*"}),
    }


DEMANDED = deny({"Null": {TAG: "true"}})
CONFINES = deny(NotResource={"Fn::Sub": ["${B}/${!aws:PrincipalTag/tenant}/*", {"B": "arn:aws:s3:::b"}]})
PLAIN = deny(NotResource="arn:aws:s3:::b/${aws:PrincipalTag/tenant}/*")
WITH_DEFAULT = deny(NotResource="arn:aws:s3:::b/${aws:PrincipalTag/tenant, 'nobody'}/*")
NAMED = deny({"StringNotEquals": {TAG: "blue"}})


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Bucket": "b", "PolicyDocument": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "properties",
    [
        policy(DEMANDED, CONFINES),
        policy(DEMANDED, PLAIN),
        policy(NAMED, PLAIN),
        policy(DEMANDED, NAMED),
        policy(WITH_DEFAULT),
    ],
)
def test_both_are_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("properties", [policy(DEMANDED), policy(CONFINES), policy(PLAIN)])
def test_one_without_the_other_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties", [policy(deny()), policy(deny({"Null": {TAG: "false"}})), policy(NAMED)]
)
def test_policies_without_either_are_not_asked(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
