"""The condition on the guardrail is not met by a call without one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailConditionHasNoIfExists"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
KEY = "bedrock:GuardrailIdentifier"
ARN = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123"


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


def demand(operator: str, **more: object) -> dict[str, Any]:
    return statement(Condition={operator: {KEY: f"{ARN}:1"}, **more})


@pytest.mark.parametrize(
    "properties",
    [
        demand("StringEquals"),
        demand("ArnLike"),
        demand("ForAnyValue:StringEquals"),
        demand("StringEquals", Null={KEY: "false"}),
    ],
)
def test_a_demanding_operator_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        demand("StringEqualsIfExists"),
        demand("StringLikeIfExists"),
        demand("ForAllValues:StringEquals"),
        demand("StringNotEquals"),
        demand("StringEquals", ArnEqualsIfExists={KEY: f"{ARN}:2"}),
    ],
)
def test_an_operator_that_is_true_without_the_key_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(),
        statement(Condition={"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}),
        statement(Condition={"Null": {KEY: "false"}}),
        statement(Effect="Deny", Condition={"StringNotEqualsIfExists": {KEY: ARN}}),
        statement(Action="s3:GetObject", Condition={"StringEqualsIfExists": {KEY: ARN}}),
    ],
)
def test_other_conditions_are_another_rules(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Condition={"Ref": "Given"}),
        statement(Condition={"StringEquals": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


def test_the_policy_of_an_endpoint_is_judged_too(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, demand("StringEqualsIfExists"), resource_type="AWS::EC2::VPCEndpoint")
    assert isinstance(answer, NonCompliant)
