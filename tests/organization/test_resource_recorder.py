import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.organization import ResourceRecorder

Template = Callable[[], assertions.Template]


def _only(template: Template, kind: str) -> dict[str, Any]:
    (found,) = template().find_resources(kind).values()
    return dict(found)


def test_everything_is_recorded_all_the_time(stack: cdk.Stack, template: Template, log_key: kms.Key) -> None:
    ResourceRecorder(stack, "It", encryption_key=log_key)
    recorder = _only(template, "AWS::Config::ConfigurationRecorder")["Properties"]
    assert recorder["RecordingGroup"] == {"AllSupported": True, "IncludeGlobalResourceTypes": True}
    assert recorder["RecordingMode"] == {"RecordingFrequency": "CONTINUOUS"}
    assert "/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig" in json.dumps(recorder["RoleARN"])


def test_the_service_role_is_made_only_when_asked_for(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    ResourceRecorder(stack, "It", encryption_key=log_key)
    assert template().find_resources("AWS::IAM::ServiceLinkedRole") == {}


def test_the_recorder_waits_for_the_service_role(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    ResourceRecorder(stack, "It", encryption_key=log_key, create_service_role=True)
    (role,) = template().find_resources("AWS::IAM::ServiceLinkedRole")
    assert role in _only(template, "AWS::Config::ConfigurationRecorder")["DependsOn"]


def test_history_goes_to_a_private_encrypted_bucket_that_config_can_write(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    """Config delivers to no bucket under Object Lock, so this one is versioned instead."""
    recorder = ResourceRecorder(stack, "It", encryption_key=log_key)
    bucket = template().find_resources("AWS::S3::Bucket")[stack.resolve(recorder.bucket.bucket_name)["Ref"]]
    properties = bucket["Properties"]
    assert "aws:kms" in json.dumps(properties["BucketEncryption"])
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "ObjectLockConfiguration" not in properties
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    channel = _only(template, "AWS::Config::DeliveryChannel")
    assert channel["Properties"]["S3KmsKeyArn"]
    assert any("Policy" in name for name in channel["DependsOn"])


def test_config_comes_in_for_this_account_only(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    ResourceRecorder(stack, "It", encryption_key=log_key)
    documents = [
        resource["Properties"][name]
        for kind, name in (("AWS::S3::BucketPolicy", "PolicyDocument"), ("AWS::KMS::Key", "KeyPolicy"))
        for resource in template().find_resources(kind).values()
    ]
    let_in = [
        statement
        for document in documents
        for statement in document["Statement"]
        if statement.get("Principal") == {"Service": "config.amazonaws.com"}
    ]
    assert len(let_in) == 3
    for statement in let_in:
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
