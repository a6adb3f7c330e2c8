"""No user has a permission on Bedrock."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-NoUserMayUseBedrock"


def document(action: str) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}


def inline(action: str) -> dict[str, Any]:
    return {"Policies": [{"PolicyName": "inline", "PolicyDocument": document(action)}]}


@pytest.mark.parametrize(
    "properties",
    [{}, inline("s3:GetObject"), {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}],
)
def test_a_user_without_bedrock_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        inline("bedrock:InvokeModel"),
        inline("bedrock:*"),
        inline("*"),
        inline("bedrock:CallWithBearerToken"),
        inline("bedrock:UpdateGuardrail"),
        {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess"]},
    ],
)
def test_a_user_with_bedrock_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::IAM::UserPolicy", {"UserName": {"Ref": "Subject"}}),
        ("AWS::IAM::ManagedPolicy", {"Users": [{"Ref": "Subject"}]}),
    ],
)
def test_an_attached_policy_counts(ask: Callable[..., Answer], kind: str, properties: dict[str, Any]) -> None:
    policy = {"Type": kind, "Properties": {**properties, "PolicyDocument": document("bedrock:InvokeModel")}}
    assert isinstance(ask(RULE, {}, others={"Policy": policy}), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = {"Policies": [{"PolicyName": "x", "PolicyDocument": {"Ref": "Given"}}]}
    assert isinstance(ask(RULE, properties), Unknown)
