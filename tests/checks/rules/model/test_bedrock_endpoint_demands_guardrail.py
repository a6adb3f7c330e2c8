"""The endpoint of models asks for the guardrail."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-BedrockEndpointDemandsGuardrail"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
KEY = "bedrock:GuardrailIdentifier"
ARN = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123"


def endpoint(service: object = "com.amazonaws.us-east-1.bedrock-runtime", **change: object) -> dict[str, Any]:
    demand = {"StringEquals": {KEY: f"{ARN}:1"}}
    base = {"Effect": "Allow", "Principal": "*", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    document = {"Statement": [{**base, "Condition": demand, **change}]}
    return {"ServiceName": service, "PolicyDocument": document}


@pytest.mark.parametrize(
    "properties",
    [
        endpoint(),
        endpoint({"Fn::Sub": "com.amazonaws.${AWS::Region}.bedrock-runtime"}),
        endpoint("com.amazonaws.us-gov-west-1.bedrock-runtime-fips"),
    ],
)
def test_a_demanded_version_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime"},
        endpoint(Condition=None),
        endpoint(Condition={"StringEquals": {KEY: ARN}}),
        endpoint(Condition={"StringEqualsIfExists": {KEY: f"{ARN}:1"}}),
        endpoint(Action="*", Resource="*", Condition=None),
    ],
)
def test_an_open_door_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        endpoint("com.amazonaws.us-east-1.s3", Condition=None),
        endpoint("com.amazonaws.us-east-1.bedrock", Condition=None),
        endpoint(Action="bedrock:ApplyGuardrail", Condition=None),
    ],
)
def test_what_leads_to_no_model_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        endpoint({"Ref": "Given"}),
        endpoint(Condition={"Ref": "Given"}),
        {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime", "PolicyDocument": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
