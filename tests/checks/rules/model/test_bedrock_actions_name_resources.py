"""Bedrock actions are allowed on named resources only."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BedrockActionsNameResources"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


@pytest.mark.parametrize(
    "properties",
    [
        statement(),
        statement(Resource=[MODEL, "arn:aws:bedrock:*:*:inference-profile/*"]),
        statement(Action="bedrock:*"),
    ],
)
def test_named_resources_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Resource="*"),
        statement(Action="bedrock:ApplyGuardrail", Resource=["*"]),
        statement(Action="bedrock:*", Resource="*"),
        statement(Action="*", Resource="*"),
        statement(Resource=None, NotResource=MODEL),
        statement(Action=["bedrock:ListGuardrails", "bedrock:GetGuardrail"], Resource="*"),
    ],
)
def test_every_resource_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Effect="Deny", Resource="*"),
        statement(Action="bedrock:List*", Resource="*"),
        statement(Action="bedrock:PutModelInvocationLoggingConfiguration", Resource="*"),
        statement(Action="s3:GetObject", Resource="*"),
    ],
)
def test_what_takes_no_resource_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": {"Ref": "Given"}},
        {"PolicyDocument": {"Statement": [{"Ref": "Given"}]}},
        statement(Action={"Ref": "Given"}, Resource="*"),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
