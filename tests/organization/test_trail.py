from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_kms as kms

from genai_defense.organization import AuditTrail

Statement = dict[str, Any]


@pytest.fixture(scope="module")
def built() -> assertions.Template:
    """A trail in somebody else's stack, with a key of theirs."""
    stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    AuditTrail(stack, "Trail", encryption_key=kms.Key(stack, "Key"), locked_for=cdk.Duration.days(30))
    return assertions.Template.from_stack(stack)


def _trail(built: assertions.Template) -> dict[str, Any]:
    (trail,) = built.find_resources("AWS::CloudTrail::Trail").values()
    properties: dict[str, Any] = trail["Properties"]
    return properties


def _statements(built: assertions.Template, kind: str, document: str) -> dict[str, Statement]:
    return {
        statement["Sid"]: statement
        for resource in built.find_resources(kind).values()
        for statement in resource["Properties"][document]["Statement"]
        if "Sid" in statement
    }


def test_the_trail_covers_all_regions_validates_and_encrypts(built: assertions.Template) -> None:
    trail = _trail(built)
    assert trail["IsLogging"] is True
    assert trail["IsMultiRegionTrail"] is True
    assert trail["IncludeGlobalServiceEvents"] is True
    assert trail["EnableLogFileValidation"] is True
    assert "KMSKeyId" in trail
    assert "CloudWatchLogsLogGroupArn" in trail


def test_unusual_rates_of_calls_and_errors_are_reported(built: assertions.Template) -> None:
    assert {entry["InsightType"] for entry in _trail(built)["InsightSelectors"]} == {
        "ApiCallRateInsight",
        "ApiErrorRateInsight",
    }


def test_files_lie_locked_in_a_versioned_bucket(built: assertions.Template) -> None:
    bucket = built.find_resources("AWS::S3::Bucket")[_trail(built)["S3BucketName"]["Ref"]]
    properties = bucket["Properties"]
    assert properties["ObjectLockConfiguration"]["Rule"]["DefaultRetention"] == {
        "Mode": "GOVERNANCE",
        "Days": 30,
    }
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "LoggingConfiguration" in properties


def test_events_lie_in_an_encrypted_log_group_for_a_year(built: assertions.Template) -> None:
    (group,) = built.find_resources("AWS::Logs::LogGroup").values()
    assert "KmsKeyId" in group["Properties"]
    assert group["Properties"]["RetentionInDays"] == 365


def test_only_trails_of_this_account_may_write_files_and_use_the_key(built: assertions.Template) -> None:
    statements = _statements(built, "AWS::S3::BucketPolicy", "PolicyDocument") | _statements(
        built, "AWS::KMS::Key", "KeyPolicy"
    )
    for sid in ("AllowTrailToSeeBucket", "AllowTrailToAddFiles", "AllowTrailToEncrypt"):
        statement = statements[sid]
        assert statement["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
        assert statement["Condition"]["StringEquals"]["aws:SourceAccount"] == "111122223333"
        assert "cloudtrail:eu-west-1:111122223333:trail/*" in str(statement["Condition"]["ArnLike"])
    assert statements["AllowTrailToAddFiles"]["Action"] == "s3:PutObject"
    assert "/AWSLogs/111122223333/*" in str(statements["AllowTrailToAddFiles"]["Resource"])
    assert (
        statements["AllowTrailToAddFiles"]["Condition"]["StringEquals"]["s3:x-amz-acl"]
        == "bucket-owner-full-control"
    )
    assert statements["AllowTrailToEncrypt"]["Action"] == [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKey",
    ]


def test_the_log_role_writes_to_its_group_only(built: assertions.Template) -> None:
    (policy,) = built.find_resources("AWS::IAM::ManagedPolicy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    (group,) = built.find_resources("AWS::Logs::LogGroup")
    assert statement["Resource"] == {"Fn::GetAtt": [group, "Arn"]}
    built.resource_count_is("AWS::IAM::Policy", 0)


def test_the_trail_waits_for_its_permissions(built: assertions.Template) -> None:
    (trail,) = built.find_resources("AWS::CloudTrail::Trail").values()
    needed = {
        *built.find_resources("AWS::IAM::ManagedPolicy"),
        *(
            i
            for i, policy in built.find_resources("AWS::S3::BucketPolicy").items()
            if policy["Properties"]["Bucket"] == _trail(built)["S3BucketName"]
        ),
    }
    assert needed <= set(trail["DependsOn"])


def test_compliance_mode_is_there_for_who_asks(stack: cdk.Stack) -> None:
    AuditTrail(
        stack,
        "Trail",
        encryption_key=kms.Key(stack, "Key"),
        locked_for=cdk.Duration.days(365),
        compliance=True,
    )
    assertions.Template.from_stack(stack).has_resource_properties(
        "AWS::S3::Bucket",
        {"ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 365}}}},
    )


def test_a_lock_of_no_day_is_refused(stack: cdk.Stack) -> None:
    with pytest.raises(ValueError, match="Object Lock counts whole days"):
        AuditTrail(stack, "Trail", encryption_key=kms.Key(stack, "Key"), locked_for=cdk.Duration.hours(1))


def test_a_key_of_another_stack_makes_no_circle() -> None:
    app = cdk.App()
    key = kms.Key(cdk.Stack(app, "Keys"), "Key")
    stack = cdk.Stack(app, "Trails")
    AuditTrail(stack, "Trail", encryption_key=key, locked_for=cdk.Duration.days(1))
    assertions.Template.from_stack(stack).resource_count_is("AWS::CloudTrail::Trail", 1)
