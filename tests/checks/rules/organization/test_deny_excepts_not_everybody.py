"""An exception that everybody meets is found; named ones, and demands for a header or tag, are left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-DenyExceptsNotEverybody"
Ask = Callable[..., Answer]


def deny(operator: str, key: str, *values: object, effect: str = "Deny") -> dict[str, Any]:
    statement = {
        "Effect": effect,
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {operator: {key: list(values)}},
    }
    return {"PolicyDocument": {"Statement": [statement]}}


ROLE = "arn:aws:iam::111122223333:role/reader"


@pytest.mark.parametrize(
    "properties",
    [
        deny("StringNotLike", "aws:PrincipalOrgID", "*"),
        deny("StringNotLike", "aws:PrincipalOrgID", "o-*"),
        deny("StringNotLikeIfExists", "aws:SourceAccount", "**"),
        deny("ArnNotLike", "aws:PrincipalArn", ROLE, "*"),
        deny("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::*:*"),
        deny("ForAnyValue:StringNotLike", "aws:PrincipalOrgPaths", "?*"),
    ],
)
def test_an_exception_for_everybody_is_found(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        deny("StringNotLike", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        deny("StringNotLike", "aws:PrincipalOrgID", {"Ref": "Given"}),
        deny("ArnNotLike", "aws:PrincipalArn", ROLE),
        deny("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/app-*"),
        deny("StringNotLike", "aws:RequestedRegion", "eu-*"),
    ],
)
def test_a_named_exception_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        deny("StringNotLike", "aws:RequestTag/owner", "*"),
        deny("StringNotLike", "s3:x-amz-server-side-encryption", "*"),
        deny("StringNotEquals", "aws:PrincipalOrgID", "*"),
        deny("StringLike", "aws:PrincipalArn", "*"),
        deny("StringNotLike", "aws:PrincipalArn", "*", effect="Allow"),
    ],
)
def test_a_demand_for_something_is_not_asked(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), NotApplicable)
