"""Models are named one by one."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InvokeModelNamesModels"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
OTHERS: dict[str, Any] = {"Profile": {"Type": "AWS::Bedrock::ApplicationInferenceProfile", "Properties": {}}}


def statement(**change: object) -> dict[str, Any]:
    base = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": MODEL}
    return {"PolicyDocument": {"Statement": [{**base, **change}]}}


@pytest.mark.parametrize(
    "properties",
    [
        statement(),
        statement(Resource="arn:aws:bedrock:*::foundation-model/amazon.nova-pro-v1:0"),
        statement(Resource={"Fn::GetAtt": ["Profile", "InferenceProfileArn"]}),
        statement(
            Resource={"Fn::Sub": "arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova"}
        ),
    ],
)
def test_a_named_model_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Resource="*"),
        statement(Resource="arn:aws:bedrock:us-east-1::foundation-model/*"),
        statement(Resource=[MODEL, "arn:aws:bedrock:*::foundation-model/anthropic.*"]),
        statement(Resource="arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.*"),
        statement(Resource={"Fn::Sub": "arn:aws:bedrock:${AWS::Region}::foundation-model/*"}),
        statement(Resource=None, NotResource=MODEL),
    ],
)
def test_a_pattern_of_models_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        statement(Effect="Deny", Resource="*"),
        statement(Action="bedrock:ApplyGuardrail", Resource="*"),
        statement(Resource="arn:aws:s3:::bucket/*"),
    ],
)
def test_other_permissions_are_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        {"PolicyDocument": {"Ref": "Given"}},
        statement(Resource={"Ref": "Given"}),
        statement(Resource={"Fn::Sub": "arn:aws:bedrock:us-east-1::foundation-model/${Given}"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=OTHERS), Unknown)
