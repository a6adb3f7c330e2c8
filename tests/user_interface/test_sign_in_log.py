"""Sign-in events arrive encrypted under our key, from this account's log delivery only."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.user_interface import SignInLog

Synth = Callable[[], Template]


@pytest.fixture
def log(stack: cdk.Stack, log_key: kms.Key) -> SignInLog:
    return SignInLog(
        stack,
        "SignInLog",
        user_pool=cognito.UserPool(stack, "ForeignPool"),
        encryption_key=log_key,
        retention=cdk.Duration.days(30),
    )


@pytest.mark.usefixtures("log")
def test_events_go_to_the_bucket_and_failed_messages_to_the_log_group(template: Synth) -> None:
    (delivery,) = template().find_resources("AWS::Cognito::LogDeliveryConfiguration").values()
    events, messages = delivery["Properties"]["LogConfigurations"]
    assert (events["EventSource"], events["LogLevel"]) == ("userAuthEvents", "INFO")
    assert "BucketArn" in events["S3Configuration"]
    assert (messages["EventSource"], messages["LogLevel"]) == ("userNotification", "ERROR")
    # Cognito refuses the ":*" of LogGroupArn.
    assert ":*" not in str(messages["CloudWatchLogsConfiguration"]["LogGroupArn"])


@pytest.mark.usefixtures("log")
def test_s3_tells_of_each_export_without_a_function_of_the_cdks_own(template: Synth) -> None:
    synthesized = template()
    told = [
        bucket["Properties"]["NotificationConfiguration"]
        for bucket in synthesized.find_resources("AWS::S3::Bucket").values()
        if "NotificationConfiguration" in bucket["Properties"]
    ]
    assert told == [{"EventBridgeConfiguration": {"EventBridgeEnabled": True}}]
    synthesized.resource_count_is("AWS::Lambda::Function", 0)


@pytest.mark.usefixtures("log")
def test_the_bucket_is_under_our_key_and_the_log_group_cannot_be(template: Synth) -> None:
    (group,) = template().find_resources("AWS::Logs::LogGroup").values()
    assert "KmsKeyId" not in group["Properties"]
    assert group["Properties"]["RetentionInDays"] == 365
    encrypted = [
        "aws:kms" in str(bucket["Properties"]["BucketEncryption"])
        for bucket in template().find_resources("AWS::S3::Bucket").values()
    ]
    assert sorted(encrypted) == [False, True]


@pytest.mark.usefixtures("log")
def test_events_are_listed_every_week(template: Synth) -> None:
    listed = [
        bucket["Properties"]["InventoryConfigurations"][0]["ScheduleFrequency"]
        for bucket in template().find_resources("AWS::S3::Bucket").values()
        if "InventoryConfigurations" in bucket["Properties"]
    ]
    assert listed == ["Weekly"]


@pytest.mark.usefixtures("log")
def test_only_this_accounts_log_delivery_writes(template: Synth) -> None:
    allowed: list[dict[str, Any]] = [
        entry
        for policy in template().find_resources("AWS::S3::BucketPolicy").values()
        for entry in policy["Properties"]["PolicyDocument"]["Statement"]
        if entry["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    ]
    assert {str(entry["Action"]) for entry in allowed} == {
        "s3:PutObject",
        "['s3:GetBucketAcl', 's3:ListBucket']",
    }
    for entry in allowed:
        assert entry["Condition"]["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
        assert "aws:SourceArn" in entry["Condition"]["ArnLike"]


@pytest.mark.usefixtures("log")
def test_the_policy_stands_before_the_delivery(template: Synth) -> None:
    (delivery,) = template().find_resources("AWS::Cognito::LogDeliveryConfiguration").values()
    assert any("BucketPolicy" in name for name in delivery["DependsOn"])
