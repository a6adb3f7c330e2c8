from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template

from genai_defense.application import KillSwitch

Synth = Callable[[], Template]


def test_a_new_chatbot_answers_and_the_switch_knows_two_values(stack: cdk.Stack, template: Synth) -> None:
    KillSwitch(stack, "Switch")
    (parameter,) = template().find_resources("AWS::SSM::Parameter").values()
    assert parameter["Properties"]["Value"] == "off"
    assert parameter["Properties"]["AllowedPattern"] == "^(off|on)$"
    assert "Name" not in parameter["Properties"]


def test_who_heeds_the_switch_cannot_set_it(stack: cdk.Stack, template: Synth) -> None:
    policy = iam.ManagedPolicy(stack, "Policy")
    KillSwitch(stack, "Switch").grant_read(policy)
    (made,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    (statement,) = made["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Allow", "ssm:GetParameter")
    assert "Parameter" in str(statement["Resource"])
