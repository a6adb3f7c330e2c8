"""A key is for whom its policy names."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-KeyPolicyNamesItsPrincipals"


def policy(statement: dict[str, Any]) -> dict[str, Any]:
    whole = {"Effect": "Allow", "Action": "kms:*", "Resource": "*", **statement}
    return {"KeyPolicy": {"Version": "2012-10-17", "Statement": [whole]}}


@pytest.mark.parametrize(
    "properties",
    [
        {},
        policy({"Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}}),
        policy({"Principal": {"Service": "logs.amazonaws.com"}}),
        policy(
            {"Principal": {"AWS": "*"}, "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}
        ),
        policy({"Principal": "*", "Effect": "Deny"}),
    ],
)
def test_named_principals_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        policy({"Principal": "*"}),
        policy({"Principal": {"AWS": "*"}}),
        policy({"Principal": {"AWS": ["arn:aws:iam::111122223333:root", "*"]}}),
        policy({"Principal": "*", "Condition": {"StringNotEquals": {"kms:CallerAccount": "1"}}}),
        policy({"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
    ],
)
def test_everybody_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"KeyPolicy": {"Ref": "Given"}},
        policy({"Principal": {"AWS": {"Ref": "Given"}}}),
        policy({"Principal": "*", "Condition": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
