import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns

from genai_defense.organization import SensitiveDataScan, SensitiveDataSession

Template = Callable[[], assertions.Template]


def _topic(stack: cdk.Stack) -> sns.Topic:
    return sns.Topic(stack, "People")


def test_a_look_that_was_not_started_is_kept_and_calls_somebody(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Documents", "documents")
    SensitiveDataScan(stack, "It", buckets=[bucket], encryption_key=log_key, alarm_topic=_topic(stack))
    synthesized = template()
    (schedule,) = synthesized.find_resources("AWS::Scheduler::Schedule").values()
    ((queue, kept),) = synthesized.find_resources("AWS::SQS::Queue").items()
    target = schedule["Properties"]["Target"]
    assert target["DeadLetterConfig"]["Arn"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 10}
    assert kept["Properties"]["KmsMasterKeyId"]
    (alarm,) = synthesized.find_resources("AWS::CloudWatch::Alarm").values()
    assert alarm["Properties"]["Dimensions"] == [
        {"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}
    ]
    assert alarm["Properties"]["AlarmActions"] == alarm["Properties"]["OKActions"] != []


def _job(template: Template) -> dict[str, Any]:
    """The request that the schedule sends, with a name in place of each reference."""
    (schedule,) = template().find_resources("AWS::Scheduler::Schedule").values()
    parts: list[Any] = schedule["Properties"]["Target"]["Input"]["Fn::Join"][1]
    joined = "".join(
        part if isinstance(part, str) else str(part.get("Ref") or part["Fn::GetAtt"][0]) for part in parts
    )
    parsed: dict[str, Any] = json.loads(joined)
    return parsed


def test_the_session_publishes_what_it_finds(stack: cdk.Stack, template: Template) -> None:
    SensitiveDataSession(stack, "It")
    (session,) = template().find_resources("AWS::Macie::Session").values()
    assert session["Properties"] == {"Status": "ENABLED", "FindingPublishingFrequency": "FIFTEEN_MINUTES"}


def test_the_documents_are_looked_through_each_week(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    buckets = [s3.Bucket.from_bucket_name(stack, name, name) for name in ("landing", "trusted")]
    SensitiveDataScan(stack, "It", buckets=buckets, encryption_key=log_key, alarm_topic=_topic(stack))
    job = _job(template)
    assert job["JobType"] == "ONE_TIME"
    assert job["S3JobDefinition"]["BucketDefinitions"] == [
        {"AccountId": "AWS::AccountId", "Buckets": ["landing", "trusted"]}
    ]
    assert job["ManagedDataIdentifierSelector"] == "ALL"
    (schedule,) = template().find_resources("AWS::Scheduler::Schedule").values()
    assert schedule["Properties"]["ScheduleExpression"] == "cron(0 2 ? * SUN *)"
    assert schedule["Properties"]["KmsKeyArn"]
    assert "aws-sdk:macie2:createClassificationJob" in json.dumps(schedule["Properties"]["Target"]["Arn"])


def test_each_run_is_a_job_of_its_own(stack: cdk.Stack, template: Template, log_key: kms.Key) -> None:
    """A token that stays would make every run but the first one a repetition."""
    bucket = s3.Bucket.from_bucket_name(stack, "Documents", "documents")
    SensitiveDataScan(stack, "It", buckets=[bucket], encryption_key=log_key, alarm_topic=_topic(stack))
    job = _job(template)
    assert job["ClientToken"] == "<aws.scheduler.execution-id>"
    assert job["ClientToken"] in job["Name"]


def test_what_is_no_finding_is_on_the_allow_list(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Documents", "documents")
    SensitiveDataScan(
        stack,
        "It",
        buckets=[bucket],
        encryption_key=log_key,
        alarm_topic=_topic(stack),
        allowed_pattern="A-[0-9]{4}",
    )
    ((name, listed),) = template().find_resources("AWS::Macie::AllowList").items()
    assert listed["Properties"]["Criteria"] == {"Regex": "A-[0-9]{4}"}
    assert _job(template)["AllowListIds"] == [name]


def test_the_schedule_may_start_jobs_and_nothing_else(
    stack: cdk.Stack, template: Template, log_key: kms.Key
) -> None:
    bucket = s3.Bucket.from_bucket_name(stack, "Documents", "documents")
    SensitiveDataScan(stack, "It", buckets=[bucket], encryption_key=log_key, alarm_topic=_topic(stack))
    (policy,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    actions = [entry["Action"] for entry in policy["Properties"]["PolicyDocument"]["Statement"]]
    key = ["kms:Decrypt", "kms:GenerateDataKey"]
    assert actions == ["macie2:CreateClassificationJob", key, "sqs:SendMessage"]
    (role,) = template().find_resources("AWS::IAM::Role").values()
    (trust,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


@pytest.mark.parametrize("decrypts", [True, False])
def test_macie_reads_with_the_key_only_when_its_role_is_there(
    stack: cdk.Stack, template: Template, log_key: kms.Key, *, decrypts: bool
) -> None:
    """KMS refuses a key policy that names a role which does not exist."""
    bucket = s3.Bucket(stack, "Documents", encryption_key=kms.Key(stack, "DocumentKey"))
    SensitiveDataScan(
        stack, "It", buckets=[bucket], encryption_key=log_key, alarm_topic=_topic(stack), decrypts=decrypts
    )
    admitted = [
        statement
        for key in template().find_resources("AWS::KMS::Key").values()
        for statement in key["Properties"]["KeyPolicy"]["Statement"]
        if statement.get("Sid") == "AllowMacieToRead"
    ]
    assert len(admitted) == decrypts
    if decrypts:
        assert admitted[0]["Action"] == "kms:Decrypt"
        assert "macie.amazonaws.com/AWSServiceRoleForAmazonMacie" in json.dumps(admitted[0]["Principal"])


def test_a_scan_of_nothing_is_refused(stack: cdk.Stack, log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match="no bucket"):
        SensitiveDataScan(stack, "It", buckets=[], encryption_key=log_key, alarm_topic=_topic(stack))
