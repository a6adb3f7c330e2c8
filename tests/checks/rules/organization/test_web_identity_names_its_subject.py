"""A role for any token of a provider that serves everybody is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebIdentityNamesItsSubject"
GITHUB = "token.actions.githubusercontent.com"
AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}
SUBJECT = {f"{GITHUB}:sub": "repo:example/rag:ref:refs/heads/main"}


def trust(provider: object, condition: object) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": {"Federated": provider}}
    if condition:
        statement["Condition"] = condition
    return {"AssumeRolePolicyDocument": {"Statement": [statement]}}


def github(condition: object) -> dict[str, Any]:
    return trust(f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}", condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {**AUDIENCE, **SUBJECT}},
        {"StringEquals": AUDIENCE, "StringLike": {f"{GITHUB}:sub": "repo:example/rag:*"}},
        {"ForAnyValue:StringEquals": AUDIENCE, "StringLike": {f"{GITHUB}:sub": ["repo:example/*"]}},
    ],
)
def test_one_repository_or_organization_is_compliant(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, github(condition)), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringEquals": AUDIENCE},
        {"StringEquals": SUBJECT},
        {"StringEquals": AUDIENCE, "StringLike": {f"{GITHUB}:sub": "*"}},
        {"StringEquals": AUDIENCE, "StringLike": {f"{GITHUB}:sub": "repo:*"}},
        {"StringEquals": AUDIENCE, "StringLike": {f"{GITHUB}:sub": "repo:*:ref:refs/heads/main"}},
        {"StringEquals": AUDIENCE, "StringEqualsIfExists": SUBJECT},
    ],
)
def test_anybody_of_the_provider_is_found(ask: Callable[..., Answer], condition: object) -> None:
    assert isinstance(ask(RULE, github(condition)), NonCompliant)


def test_a_provider_of_these_templates_is_known_by_its_address(ask: Callable[..., Answer]) -> None:
    provider = {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": f"https://{GITHUB}"}}
    properties = trust({"Ref": "Provider"}, {"StringEquals": AUDIENCE})
    assert isinstance(ask(RULE, properties, others={"Provider": provider}), NonCompliant)


def test_a_service_account_of_a_cluster_is_asked_for_its_name(ask: Callable[..., Answer]) -> None:
    issuer = "oidc.eks.eu-west-1.amazonaws.com/id/A"
    named = {"StringEquals": {f"{issuer}:sub": "system:serviceaccount:rag:chat"}}
    arn = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    assert isinstance(ask(RULE, trust(arn, named)), Compliant)
    audience = {"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"}}
    assert isinstance(ask(RULE, trust(arn, audience)), NonCompliant)


def test_who_signed_in_is_told_from_a_guest(ask: Callable[..., Answer]) -> None:
    pool, key = (
        {"StringEquals": {"cognito-identity.amazonaws.com:aud": "p"}},
        "cognito-identity.amazonaws.com:amr",
    )
    signed_in = {"ForAnyValue:StringLike": {key: "authenticated"}}
    assert isinstance(ask(RULE, trust("cognito-identity.amazonaws.com", {**pool, **signed_in})), Compliant)
    assert isinstance(ask(RULE, trust("cognito-identity.amazonaws.com", pool)), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, github({"Ref": "Given"})), Unknown)


@pytest.mark.parametrize("provider", ["arn:aws:iam::111122223333:saml-provider/staff", "login.example.com"])
def test_a_provider_of_ones_own_is_not_asked(ask: Callable[..., Answer], provider: str) -> None:
    assert isinstance(ask(RULE, trust(provider, None)), NotApplicable)
