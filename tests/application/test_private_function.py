from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Match, Template

from genai_defense.application import FunctionHosting, PrivateFunction

Synth = Callable[[], Template]


def _private(stack: cdk.Stack, hosting: FunctionHosting, role: iam.IRole | None = None) -> PrivateFunction:
    return PrivateFunction(
        stack,
        "Private",
        packages=("chat",),
        hosting=hosting,
        environment={"NAME": "value"},
        timeout=cdk.Duration.seconds(20),
        role=role,
    )


@pytest.fixture
def synthesized(stack: cdk.Stack, hosting: FunctionHosting, template: Synth) -> Template:
    _private(stack, hosting)
    return template()


def _statements(synthesized: Template) -> dict[str, dict[str, Any]]:
    (policy,) = synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
    return {statement["Sid"]: statement for statement in policy["Properties"]["PolicyDocument"]["Statement"]}


def test_it_runs_in_isolated_subnets_on_the_supported_runtime(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::Lambda::Function",
        {
            "Runtime": "python3.14",
            "Architectures": ["arm64"],
            "Handler": "chat.handler.handler",
            "VpcConfig": {"SubnetIds": Match.any_value(), "SecurityGroupIds": Match.any_value()},
            "TracingConfig": {"Mode": "Active"},
            "ReservedConcurrentExecutions": 20,
            "KmsKeyArn": Match.any_value(),
            "DeadLetterConfig": Match.any_value(),
            "Environment": {"Variables": {"NAME": "value"}},
        },
    )


def test_its_security_group_lets_nothing_in_and_nothing_out(synthesized: Template) -> None:
    groups = synthesized.find_resources("AWS::EC2::SecurityGroup")
    (group,) = [entry for name, entry in groups.items() if name.startswith("Private")]
    assert "SecurityGroupIngress" not in group["Properties"]
    (egress,) = group["Properties"]["SecurityGroupEgress"]
    assert egress["CidrIp"] == "255.255.255.255/32", "the CDK's way of writing: no address at all"


def test_its_permissions_are_one_managed_policy(synthesized: Template) -> None:
    assert synthesized.find_resources("AWS::IAM::Policy") == {}
    assert set(_statements(synthesized)) == {
        "WriteLog",
        "KeepDeadLetters",
        "UseKey",
        "Trace",
        "AttachToVpc",
        "DenyVpcChangesByTheCode",
    }


def test_no_action_is_a_wildcard_and_only_two_statements_name_every_resource(synthesized: Template) -> None:
    for sid, statement in _statements(synthesized).items():
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        assert not any("*" in action for action in actions)
        if statement["Effect"] == "Allow" and statement["Resource"] == "*":
            assert sid in {"Trace", "AttachToVpc"}


def test_its_own_code_cannot_touch_network_interfaces(synthesized: Template) -> None:
    statements = _statements(synthesized)
    denied = statements["DenyVpcChangesByTheCode"]
    assert denied["Effect"] == "Deny"
    assert set(statements["AttachToVpc"]["Action"]) <= set(denied["Action"])
    assert "lambda:SourceFunctionArn" in denied["Condition"]["ArnLike"]


def test_logs_and_dead_letters_are_encrypted_and_end(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::Logs::LogGroup",
        {"KmsKeyId": Match.any_value(), "RetentionInDays": 365},
    )
    synthesized.has_resource_properties(
        "AWS::SQS::Queue",
        {"KmsMasterKeyId": Match.any_value(), "MessageRetentionPeriod": 1_209_600},
    )


def test_a_given_role_is_used_and_keeps_its_own_stack_free(
    stack: cdk.Stack,
    hosting: FunctionHosting,
    template: Synth,
) -> None:
    role = iam.Role(stack, "Existing", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    assert _private(stack, hosting, role).role is role
    synthesized = template()
    assert synthesized.find_resources("AWS::IAM::Policy") == {}
    functions = synthesized.find_resources("AWS::Lambda::Function").values()
    assert all("Existing" in str(function["Properties"]["Role"]) for function in functions)
