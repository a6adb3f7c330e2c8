"""Bedrock actions are named, not matched."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BedrockActionsAreNamed"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


@pytest.mark.parametrize(
    "properties",
    [
        statement(),
        statement(Action=["bedrock:InvokeModel", "bedrock:List*"]),
        statement(Action="bedrock:UpdateGuardrail"),
    ],
)
def test_named_actions_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Action="bedrock:*"),
        statement(Action="bedrock:Invoke*"),
        statement(Action="*"),
        statement(Action="bedrock:*Guardrail"),
        statement(Action="bedrock-mantle:*"),
        statement(Action=["s3:GetObject", "BEDROCK:InvokeMode?"]),
        statement(Action=None, NotAction="iam:*"),
    ],
)
def test_a_pattern_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Effect="Deny", Action="bedrock:*"),
        statement(Action="bedrock:List*"),
        statement(Action=["bedrock:Get*", "s3:*"]),
        statement(Action=None, NotAction=["bedrock:*", "bedrock-agentcore:*", "bedrock-mantle:*"]),
    ],
)
def test_other_actions_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": {"Ref": "Given"}},
        statement(Action={"Ref": "Given"}),
        statement(Action=["bedrock:InvokeModel", {"Ref": "Given"}]),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
