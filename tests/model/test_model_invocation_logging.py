from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.data import object_lock
from genai_defense.model import ModelInvocationLogging, ModelInvocationLoggingCheck
from genai_defense.organization import RuntimeBoundary

Synth = Callable[[], Template]


@pytest.fixture
def synthesized(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> Template:
    ModelInvocationLogging(
        stack, "Logging", encryption_key=log_key, lock=object_lock(cdk.Duration.days(7), compliance=False)
    )
    RuntimeBoundary(stack, "Boundary").apply_to(stack)
    return template()


def _statements(synthesized: Template, prefix: str) -> dict[str, dict[str, Any]]:
    policies = synthesized.find_resources("AWS::IAM::ManagedPolicy")
    (policy,) = [entry for name, entry in policies.items() if name.startswith(prefix)]
    return {entry["Sid"]: entry for entry in policy["Properties"]["PolicyDocument"]["Statement"]}


def test_the_log_is_encrypted_ends_and_masks(synthesized: Template) -> None:
    groups = synthesized.find_resources("AWS::Logs::LogGroup")
    (group,) = [entry["Properties"] for name, entry in groups.items() if name.startswith("LoggingLog")]
    assert group["RetentionInDays"] == 365
    assert "KmsKeyId" in group
    operations = [name for entry in group["DataProtectionPolicy"]["Statement"] for name in entry["Operation"]]
    assert operations == ["Audit", "Deidentify"]
    assert "AwsSecretKey" in str(group["DataProtectionPolicy"])


def test_large_payloads_go_to_a_locked_bucket(synthesized: Template) -> None:
    synthesized.has_resource_properties(
        "AWS::S3::Bucket",
        {
            "ObjectLockEnabled": True,
            "ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Days": 7, "Mode": "GOVERNANCE"}}},
        },
    )


def test_bedrock_writes_for_this_account_only(synthesized: Template) -> None:
    """Bedrock serves every account: another one could name our role, key and bucket."""
    roles = synthesized.find_resources("AWS::IAM::Role").values()
    (trust,) = [
        entry["Properties"]["AssumeRolePolicyDocument"]["Statement"][0]
        for entry in roles
        if "bedrock" in str(entry["Properties"]["AssumeRolePolicyDocument"])
    ]
    policies = [
        statement
        for kind, field in (("AWS::S3::BucketPolicy", "PolicyDocument"), ("AWS::KMS::Key", "KeyPolicy"))
        for entry in synthesized.find_resources(kind).values()
        for statement in entry["Properties"][field]["Statement"]
        if statement["Principal"] == {"Service": "bedrock.amazonaws.com"}
    ]
    assert len(policies) == 2
    for statement in (trust, *policies):
        assert "aws:SourceAccount" in statement["Condition"]["StringEquals"]
        assert ":bedrock:eu-west-1:" in str(statement["Condition"]["ArnLike"]["aws:SourceArn"])


def test_the_role_writes_one_stream_only(synthesized: Template) -> None:
    (write,) = _statements(synthesized, "LoggingPolicy").values()
    assert write["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert str(write["Resource"]).endswith(":log-stream:aws/bedrock/modelinvocations']]}")


def test_only_the_keeper_may_change_the_setting(synthesized: Template) -> None:
    keeper = _statements(synthesized, "LoggingFunctionPolicy")
    assert keeper["KeepTheSetting"]["Action"] == [
        "bedrock:GetModelInvocationLoggingConfiguration",
        "bedrock:DeleteModelInvocationLoggingConfiguration",
        "bedrock:PutModelInvocationLoggingConfiguration",
    ]
    passing = keeper["HandTheRoleToBedrock"]
    assert passing["Condition"] == {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}
    policies = synthesized.find_resources("AWS::IAM::ManagedPolicy")
    boundaries = {name: str(entry) for name, entry in policies.items() if "Boundary" in name}
    assert len(boundaries) == 2
    for name, written in boundaries.items():
        assert ("iam:PassRole" in written) == name.startswith("LoggingFunction")
    for name, role in synthesized.find_resources("AWS::IAM::Role").items():
        own = "LoggingFunctionBoundary" in str(role["Properties"]["PermissionsBoundary"])
        assert own == name.startswith("LoggingFunction")


def test_the_setting_waits_for_what_bedrock_tries(synthesized: Template) -> None:
    synthesized.has_resource(
        "Custom::ModelInvocationLogging",
        {
            "Properties": Match.object_like({"Mode": "create", "KeyPrefix": "invocations"}),
            "DependsOn": Match.array_with([Match.string_like_regexp("LoggingPolicy")]),
        },
    )
    (setting,) = synthesized.find_resources("Custom::ModelInvocationLogging").values()
    assert any("BucketPolicy" in name or "PayloadsBucketPolicy" in name for name in setting["DependsOn"])


def test_an_existing_setting_is_only_checked(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    ModelInvocationLoggingCheck(stack, "Logging", encryption_key=log_key)
    synthesized = template()
    keeper = _statements(synthesized, "LoggingFunctionPolicy")
    assert keeper["KeepTheSetting"]["Action"] == "bedrock:GetModelInvocationLoggingConfiguration"
    synthesized.has_resource_properties("Custom::ModelInvocationLogging", {"Mode": "existing"})
    assert synthesized.find_resources("AWS::S3::Bucket") == {}
