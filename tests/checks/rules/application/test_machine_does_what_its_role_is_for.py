"""A step that the role names and no state takes is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-MachineDoesWhatItsRoleIsFor"


def machine(*uses: str) -> dict[str, Any]:
    states = "".join(f'{{"Resource": "${{{name}}}"}}' for name in uses)
    return {"RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}, "DefinitionString": {"Fn::Sub": states}}


def deployment(*granted: tuple[str, str], **more: dict[str, Any]) -> dict[str, Any]:
    statements = [
        {"Effect": "Allow", "Action": action, "Resource": {"Fn::Sub": f"${{{name}}}"}}
        for action, name in granted
    ]
    policies = [{"PolicyName": "steps", "PolicyDocument": {"Statement": statements}}]
    return {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": policies}},
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {}},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {}},
        **more,
    }


BOTH = (("sns:Publish", "Topic"), ("lambda:InvokeFunction", "Function"))


def test_a_machine_that_does_all_of_it_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, machine("Topic", "Function"), others=deployment(*BOTH)), Compliant)


@pytest.mark.parametrize(("left", "out"), [("Topic", "Function"), ("Function", "Topic")])
def test_a_step_that_is_left_out_is_named(ask: Callable[..., Answer], left: str, out: str) -> None:
    answer = ask(RULE, machine(left), others=deployment(*BOTH))
    assert isinstance(answer, NonCompliant)
    assert out in answer.message


def test_a_role_that_others_have_says_nothing_of_the_machine(ask: Callable[..., Answer]) -> None:
    other = {"Type": "AWS::StepFunctions::StateMachine", "Properties": machine("Function")}
    assert isinstance(ask(RULE, machine("Topic"), others=deployment(*BOTH, Other=other)), NotApplicable)


@pytest.mark.parametrize("properties", [{}, {"RoleArn": "arn:aws:iam::111122223333:role/r"}, machine()])
def test_what_is_elsewhere_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=deployment(*BOTH)), NotApplicable)


def test_rights_that_are_no_step_are_left_alone(ask: Callable[..., Answer]) -> None:
    others = deployment(("kms:Decrypt", "Function"))
    assert isinstance(ask(RULE, machine("Topic"), others=others), NotApplicable)
