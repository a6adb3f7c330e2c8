"""Role trusts somebody named."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-RoleTrustsSomebodyNamed"


def trusting(principal: object, **condition: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return {"properties": {"AssumeRolePolicyDocument": {"Statement": [statement]}}}


@pytest.mark.parametrize(
    "case",
    [
        trusting({"Service": "lambda.amazonaws.com"}),
        trusting({"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}),
        trusting({"AWS": {"Ref": "AWS::AccountId"}}),
        trusting({"AWS": "arn:aws:iam::111122223333:role/deployer"}),
        trusting({"AWS": "arn:aws:iam::111122223333:root"}, StringEquals={"sts:ExternalId": "x1"}),
        trusting({"AWS": "*"}, StringEquals={"aws:PrincipalOrgID": "o-1"}),
        trusting(
            {"Federated": "cognito-identity.amazonaws.com"},
            StringEquals={"cognito-identity.amazonaws.com:aud": "p"},
        ),
        trusting({"AWS": {"Ref": "Given"}}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        trusting("*"),
        trusting({"AWS": "*"}),
        trusting({"AWS": "arn:aws:iam::111122223333:root"}),
        trusting({"AWS": ["111122223333"]}),
        trusting({"AWS": "*"}, StringEqualsIfExists={"aws:PrincipalOrgID": "o-1"}),
        trusting({"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"}),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        trusting({"Ref": "Given"}),
        {"properties": {"AssumeRolePolicyDocument": {"Ref": "Given"}}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
