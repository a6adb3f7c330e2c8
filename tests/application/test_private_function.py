import dataclasses
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


def _statements(synthesized: Template, name: str) -> dict[str, dict[str, Any]]:
    (policy,) = [
        body
        for logical_id, body in synthesized.find_resources("AWS::IAM::ManagedPolicy").items()
        if logical_id.startswith(name)
    ]
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
            "Environment": {"Variables": {"NAME": "value", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "regional"}},
        },
    )


def _security_group(synthesized: Template) -> dict[str, Any]:
    groups = synthesized.find_resources("AWS::EC2::SecurityGroup")
    (group,) = [entry["Properties"] for name, entry in groups.items() if name.startswith("Private")]
    return dict(group)


def test_its_security_group_lets_nothing_in_and_only_https_out(synthesized: Template) -> None:
    """Gateway endpoints keep public addresses: without a way to them, quota and audit would time out."""
    group = _security_group(synthesized)
    assert "SecurityGroupIngress" not in group
    (egress,) = group["SecurityGroupEgress"]
    assert (egress["CidrIp"], egress["FromPort"], egress["ToPort"]) == ("0.0.0.0/0", 443, 443)


def test_given_prefix_lists_are_the_only_public_addresses(
    stack: cdk.Stack,
    hosting: FunctionHosting,
    template: Synth,
) -> None:
    lists = ("pl-0a1b2c3d", "pl-1a2b3c4d")
    _private(stack, dataclasses.replace(hosting, gateway_prefix_lists=lists))
    synthesized = template()
    rules = synthesized.find_resources("AWS::EC2::SecurityGroupEgress").values()
    assert {rule["Properties"]["DestinationPrefixListId"] for rule in rules} == set(lists)
    (inside,) = _security_group(synthesized)["SecurityGroupEgress"]
    assert inside["CidrIp"] == "255.255.255.255/32", "without a rule inside, EC2 lets everything out"


def test_its_own_permissions_are_one_managed_policy_without_a_wildcard(synthesized: Template) -> None:
    assert synthesized.find_resources("AWS::IAM::Policy") == {}
    statements = _statements(synthesized, "PrivatePolicy")
    assert set(statements) == {"WriteLog", "KeepDeadLetters", "UseKey"}
    assert "*" not in str([entry["Action"] for entry in statements.values()])
    assert "*" not in [entry["Resource"] for entry in statements.values()]


def test_what_lambda_needs_stands_once_for_all_functions_of_a_stack(
    stack: cdk.Stack, hosting: FunctionHosting, template: Synth
) -> None:
    for name in ("First", "Second"):
        PrivateFunction(
            stack,
            name,
            packages=("chat",),
            hosting=hosting,
            environment={},
            timeout=cdk.Duration.seconds(20),
        )
    policies = template().find_resources("AWS::IAM::ManagedPolicy")
    (shared,) = [body["Properties"] for name, body in policies.items() if name.startswith("PrivateFunctions")]
    assert len(policies) == 3
    assert len(shared["Roles"]) == 2


def test_only_actions_that_know_no_resources_name_every_one(synthesized: Template) -> None:
    statements = _statements(synthesized, "PrivateFunctions")
    wide = {
        action
        for entry in statements.values()
        if entry["Effect"] == "Allow" and entry["Resource"] == "*"
        for action in entry["Action"]
    }
    assert wide == {
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
    assert "AWS::AccountId" in str(statements["AttachToVpc"]["Resource"])


def test_its_own_code_cannot_touch_network_interfaces(synthesized: Template) -> None:
    statements = _statements(synthesized, "PrivateFunctions")
    denied = statements["DenyVpcChangesByTheCode"]
    assert denied["Effect"] == "Deny"
    assert {*statements["AttachToVpc"]["Action"], *statements["SeeTheVpc"]["Action"]} <= set(denied["Action"])
    assert "lambda:SourceFunctionArn" in denied["Condition"]["ArnLike"]


def test_an_id_that_somebody_else_took_is_named(stack: cdk.Stack, hosting: FunctionHosting) -> None:
    cdk.CfnResource(stack, "PrivateFunctions", type="Some::Other::Thing")
    with pytest.raises(TypeError, match="PrivateFunctions are ids of the kit's own policies"):
        _private(stack, hosting)


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
