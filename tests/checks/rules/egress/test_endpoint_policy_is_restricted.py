"""An endpoint for Bedrock has a policy that says who may do what."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointPolicyIsRestricted"
SERVICE = {"Fn::Join": ["", ["com.amazonaws.", {"Ref": "AWS::Region"}, ".bedrock-runtime"]]}
ROLE = {"AWS": "arn:aws:iam::123456789012:role/chat"}
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
MINE = {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}


def endpoint(**change: object) -> dict[str, Any]:
    full = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    return {"ServiceName": SERVICE, "PolicyDocument": {"Statement": [{**full, **change}]}}


@pytest.mark.parametrize(
    "properties",
    [
        endpoint(Principal=ROLE, Action="bedrock:InvokeModel", Resource=MODEL),
        endpoint(Principal=ROLE, Action=["bedrock:Invoke*"]),
        endpoint(Action="bedrock:InvokeModel", Resource=MODEL),
        endpoint(Condition=MINE, Action="bedrock:InvokeModel"),
        endpoint(
            Condition=MINE,
            Action="bedrock:*",
            Resource={"Fn::Sub": "arn:${AWS::Partition}:bedrock:*::foundation-model/*"},
        ),
        endpoint(Effect="Deny"),
    ],
)
def test_two_of_three_restrictions_are_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ServiceName": SERVICE},
        endpoint(),
        endpoint(Principal={"AWS": "*"}, Action="bedrock:*"),
        endpoint(Principal={"AWS": ["*"]}, Action="bedrock:InvokeModel"),
        endpoint(Principal=ROLE),
        endpoint(Condition={"StringEqualsIfExists": MINE["StringEquals"]}, Action="bedrock:InvokeModel"),
        endpoint(Condition={"StringLike": {"aws:PrincipalArn": "*"}}, Action="bedrock:InvokeModel"),
        endpoint(Action=None, NotAction="bedrock:CreateGuardrail", Resource=MODEL),
    ],
)
def test_fewer_are_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ServiceName": {"Ref": "Given"}},
        {"ServiceName": SERVICE, "PolicyDocument": {"Ref": "Given"}},
        endpoint(Principal={"AWS": {"Ref": "Given"}}),
        endpoint(Principal=ROLE, Resource={"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize("service", ["com.amazonaws.us-east-1.s3", "com.amazonaws.us-east-1.kms"])
def test_endpoints_of_other_services_are_not_asked(ask: Callable[..., Answer], service: str) -> None:
    assert isinstance(ask(RULE, {"ServiceName": service}), NotApplicable)
