from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.application import CustomResourceFunction

Synth = Callable[[], Template]


@pytest.fixture
def function(stack: cdk.Stack, log_key: kms.Key) -> CustomResourceFunction:
    # Any package with a handler serves: the construct adds the protocol itself.
    return CustomResourceFunction(stack, "Provider", packages=("chat",), encryption_key=log_key)


@pytest.fixture
def synthesized(function: CustomResourceFunction, template: Synth) -> Template:
    function.policy.add_statements(
        iam.PolicyStatement(sid="Read", actions=["s3:GetBucketLocation"], resources=["arn:aws:s3:::bucket"])
    )
    function.add_resource("Thing", resource_type="Custom::Thing", properties={"Colour": "red"})
    return template()


def test_it_answers_one_request_at_a_time_and_never_runs_twice(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::Lambda::Function",
        {
            "Runtime": "python3.14",
            "Architectures": ["arm64"],
            "Handler": "chat.handler.handler",
            "Timeout": 120,
            "ReservedConcurrentExecutions": 1,
            "KmsKeyArn": Match.any_value(),
            "DeadLetterConfig": Match.any_value(),
        },
    )
    synthesized.has_resource_properties("AWS::Lambda::EventInvokeConfig", {"MaximumRetryAttempts": 0})


def test_its_permissions_are_one_managed_policy_without_wildcards(synthesized: Template) -> None:
    assert synthesized.find_resources("AWS::IAM::Policy") == {}
    (policy,) = synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
    statements = policy["Properties"]["PolicyDocument"]["Statement"]
    assert [entry["Sid"] for entry in statements] == ["WriteLog", "KeepDeadLetters", "UseKey", "Read"]
    assert all("*" not in str(entry["Action"]) and entry["Resource"] != "*" for entry in statements)


def test_the_resource_waits_for_its_permissions_and_for_its_turn(synthesized: Template) -> None:
    (thing,) = synthesized.find_resources("Custom::Thing").values()
    assert thing["Properties"]["Colour"] == "red"
    assert thing["Properties"]["ServiceTimeout"] == "360"
    assert any("Policy" in name for name in thing["DependsOn"])
    assert thing["DeletionPolicy"] == "Delete"


def test_a_kept_resource_is_never_asked_to_delete(function: CustomResourceFunction, template: Synth) -> None:
    function.add_resource("Thing", resource_type="Custom::Thing", removal_policy=cdk.RemovalPolicy.RETAIN)
    (thing,) = template().find_resources("Custom::Thing").values()
    assert thing["DeletionPolicy"] == "Retain"


def test_log_and_dead_letters_are_encrypted_and_end(synthesized: Template) -> None:
    key = {"KmsKeyId": Match.any_value(), "RetentionInDays": 365}
    synthesized.has_resource_properties("AWS::Logs::LogGroup", key)
    synthesized.has_resource_properties("AWS::SQS::Queue", {"KmsMasterKeyId": Match.any_value()})


def test_environment_is_passed_on(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    arguments: dict[str, Any] = {"packages": ("chat",), "encryption_key": log_key}
    CustomResourceFunction(stack, "Provider", environment={"BUCKET": "b"}, **arguments)
    template().has_resource_properties(
        "AWS::Lambda::Function", {"Environment": {"Variables": {"BUCKET": "b"}}}
    )


def test_too_little_time_to_answer_is_refused(stack: cdk.Stack, log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="timeout is 30 seconds; the last answer alone may take 18 s"):
        CustomResourceFunction(
            stack, "Provider", packages=("chat",), encryption_key=log_key, timeout=cdk.Duration.seconds(30)
        )
