"""A key that everybody in an account uses directly is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KeyForEverybodyIsUsedByServices"
ACCOUNT = {"kms:CallerAccount": {"Ref": "AWS::AccountId"}}
SERVICE = {"kms:ViaService": "aoss.eu-west-1.amazonaws.com"}


def key(condition: object, principal: object = "*", **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": ["kms:Encrypt", "kms:Decrypt"]}
    return {"KeyPolicy": {"Statement": [{**statement, "Condition": condition, **fields}]}}


@pytest.mark.parametrize(
    "properties",
    [
        key({"StringEquals": {**ACCOUNT, **SERVICE}}),
        key({"StringEquals": ACCOUNT, "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/chat"}}),
    ],
)
def test_a_service_or_a_role_in_between_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}])
def test_everybody_in_the_account_is_found(ask: Callable[..., Answer], principal: object) -> None:
    assert isinstance(ask(RULE, key({"StringEquals": ACCOUNT}, principal)), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, key({"Ref": "Given"})), Unknown)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        key({"StringEquals": ACCOUNT}, {"AWS": "arn:aws:iam::111122223333:root"}),
        key({"StringEquals": ACCOUNT}, Action="kms:DescribeKey"),
        key({"StringEquals": ACCOUNT}, Effect="Deny"),
    ],
)
def test_who_is_named_or_does_not_use_it_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
