"""A function whose role is made for a guardrail or a parameter is told its name."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-FunctionIsToldWhatItUses"
_ARN = {"Fn::GetAtt": ["Guardrail", "GuardrailArn"]}
_APPLY = {"Effect": "Allow", "Action": "bedrock:ApplyGuardrail", "Resource": _ARN}
_INVOKE = {
    "Effect": "Allow",
    "Action": "bedrock:InvokeModel",
    "Resource": "arn:aws:bedrock:*::foundation-model/m",
    "Condition": {"StringEquals": {"bedrock:GuardrailIdentifier": _ARN}},
}
_SWITCH = {
    "Effect": "Allow",
    "Action": "ssm:GetParameter",
    "Resource": {"Fn::Sub": "arn:aws:ssm:*:*:parameter/${Switch}"},
}


def _others(*statements: object, **more: object) -> dict[str, Any]:
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}]
    return {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": policies}},
        "Guardrail": {"Type": "AWS::Bedrock::Guardrail", "Properties": {"Name": "g"}},
        "Switch": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "off"}},
        **more,
    }


def _function(**variables: object) -> dict[str, Any]:
    return {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Environment": {"Variables": variables}}


@pytest.mark.parametrize("statement", [_APPLY, _INVOKE, _SWITCH])
def test_who_is_not_told_is_found(ask: Callable[..., Answer], statement: dict[str, Any]) -> None:
    answer = ask(RULE, _function(LOG_LEVEL="INFO"), others=_others(statement))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Environment.Variables"


@pytest.mark.parametrize("statement", [_APPLY, _INVOKE])
@pytest.mark.parametrize("value", [_ARN, {"Ref": "Guardrail"}, {"Fn::Sub": "${Guardrail}:1"}])
def test_who_is_told_is_sound(
    ask: Callable[..., Answer], statement: dict[str, Any], value: dict[str, Any]
) -> None:
    answer = ask(RULE, _function(GUARDRAIL=value), others=_others(statement, _SWITCH))
    assert isinstance(answer, NonCompliant)
    answer = ask(
        RULE, _function(GUARDRAIL=value, SWITCH={"Ref": "Switch"}), others=_others(statement, _SWITCH)
    )
    assert isinstance(answer, Compliant)


@pytest.mark.parametrize(
    "others",
    [
        _others(),
        _others({**_APPLY, "Effect": "Deny"}),
        _others({**_APPLY, "Resource": "*"}),
        _others(_SWITCH, Switch={"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/kill"}}),
        _others(_APPLY, Name={"Type": "AWS::SSM::Parameter", "Properties": {"Value": _ARN}}),
        _others(_APPLY, Other={"Type": "AWS::Lambda::Function", "Properties": _function()}),
    ],
)
def test_code_that_may_know_it_otherwise_is_not_judged(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, _function(), others=others), NotApplicable)


def test_a_role_that_is_given_at_deployment_is_not_judged(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Role": {"Ref": "Given"}}, others=_others(_APPLY)), NotApplicable)
