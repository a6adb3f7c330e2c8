"""The organization asks for approved guardrail versions, not for some guardrail."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ScpNamesGuardrailVersions"
Ask = Callable[..., Answer]
VERSION = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/abc123:7"
KEY = "bedrock:GuardrailIdentifier"


def scp(condition: Any, **change: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Deny",
        "Action": ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        "Resource": "*",
        "Condition": condition,
        **change,
    }
    return {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Statement": [statement]}}


@pytest.mark.parametrize(
    "properties",
    [
        scp({"StringNotEquals": {KEY: VERSION}}),
        scp({"StringNotLike": {KEY: [VERSION, "arn:*:bedrock:*:*:guardrail/abc123:8"]}}),
        scp({"ArnNotLikeIfExists": {KEY.lower(): [VERSION]}}),
        scp({"StringNotEquals": {KEY: VERSION}}, Action="bedrock:*"),
        {
            "Type": "SERVICE_CONTROL_POLICY",
            "Content": json.dumps(scp({"StringNotEquals": {KEY: VERSION}})["Content"]),
        },
    ],
)
def test_a_sound_one_is_compliant(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    ("properties", "where"),
    [
        (scp({"Null": {KEY: "true"}}), "Content.Statement.0.Condition"),
        (
            scp({"StringNotEquals": {KEY: VERSION}}, NotResource=["arn:*:bedrock:*::foundation-model/*"]),
            "Content.Statement.0.NotResource",
        ),
        (scp({"StringNotEquals": {KEY: VERSION[:-2]}}), "Content.Statement.0.Condition"),
        (scp({"StringNotLike": {KEY: [VERSION, VERSION[:-1] + "*"]}}), "Content.Statement.0.Condition"),
        (scp({"StringNotLike": {KEY: "arn:aws:bedrock:*:*:guardrail/*:1"}}), "Content.Statement.0.Condition"),
        (scp({"ArnNotLike": {KEY: f"{VERSION[:-1]}DRAFT"}}), "Content.Statement.0.Condition"),
    ],
)
def test_a_weak_one_is_not(ask: Ask, properties: dict[str, Any], where: str) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    "properties",
    [
        scp({"StringNotEquals": {KEY: {"Ref": "Given"}}}),
        {"Type": {"Ref": "Given"}, "Content": {}},
        {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Ref": "Given"}},
        {"Type": "SERVICE_CONTROL_POLICY", "Content": "no JSON"},
    ],
)
def test_a_token_is_unknown(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize(
    "properties",
    [
        scp({"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}),
        scp({"StringNotEquals": {KEY: "anything"}}, Action="s3:*"),
        scp({"Null": {KEY: "true"}}, Effect="Allow"),
        {"Type": "RESOURCE_CONTROL_POLICY", "Content": {}},
    ],
)
def test_what_is_about_something_else_is_left_alone(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
