"""A role for a network or for traces belongs to a function that uses them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionDoesWhatItsRoleIsFor"
ROLE = {"Role": {"Fn::GetAtt": ["Role", "Arn"]}}
VPC = {"VpcConfig": {"SubnetIds": ["subnet-1"]}}
TRACES = {"TracingConfig": {"Mode": "Active"}}


def role(*actions: str, managed: Any = ()) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}] if actions else []
    properties = {"Policies": policies, "ManagedPolicyArns": list(managed)}
    return {"Role": {"Type": "AWS::IAM::Role", "Properties": properties}}


JOINS = role("ec2:CreateNetworkInterface")
BY_AWS = role(
    managed=["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"],
)
BY_SUB = role(
    managed=[
        {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}
    ],
)
WRITES = role("xray:PutTraceSegments")


@pytest.mark.parametrize(
    ("others", "where"),
    [
        (JOINS, "VpcConfig.SubnetIds"),
        (BY_AWS, "VpcConfig.SubnetIds"),
        (BY_SUB, "VpcConfig.SubnetIds"),
        (WRITES, "TracingConfig.Mode"),
    ],
)
def test_a_role_for_what_the_function_does_not_use_is_a_finding(
    ask: Callable[..., Answer], others: dict[str, Any], where: str
) -> None:
    answer = ask(RULE, ROLE, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(("others", "used"), [(JOINS, VPC), (BY_AWS, VPC), (WRITES, TRACES)])
def test_a_function_that_uses_it_is_compliant(
    ask: Callable[..., Answer], others: dict[str, Any], used: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {**ROLE, **used}, others=others), Compliant)


@pytest.mark.parametrize("others", [role("ec2:*"), role("*"), role("s3:GetObject"), role()])
def test_a_role_that_does_not_say_so_is_left_alone(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, ROLE, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    properties = {**ROLE, "VpcConfig": {"SubnetIds": {"Ref": "Given"}}}
    assert isinstance(ask(RULE, properties, others=JOINS), Unknown)
