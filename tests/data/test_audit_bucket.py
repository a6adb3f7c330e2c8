from collections.abc import Callable, Mapping
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.data import AuditBucket

Synth = Callable[[], Template]


def _buckets(template: Template) -> dict[str, Mapping[str, Any]]:
    found = template.find_resources("AWS::S3::Bucket")
    return {
        "locked" if "ObjectLockEnabled" in bucket["Properties"] else "access logs": bucket
        for bucket in found.values()
    }


def test_every_record_is_locked_for_the_retention(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(7))
    locked = _buckets(template())["locked"]["Properties"]
    assert locked["ObjectLockEnabled"] is True
    assert locked["ObjectLockConfiguration"]["Rule"]["DefaultRetention"] == {"Mode": "GOVERNANCE", "Days": 7}
    assert locked["VersioningConfiguration"] == {"Status": "Enabled"}


def test_a_record_goes_after_its_lock_and_not_before(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(7))
    rules = _buckets(template())["locked"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {"ExpirationInDays": 37, "Status": "Enabled"} in rules
    assert {"NoncurrentVersionExpiration": {"NoncurrentDays": 37}, "Status": "Enabled"} in rules


def test_compliance_mode_is_there_for_who_asks(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(365), compliance=True)
    locked = _buckets(template())["locked"]["Properties"]
    assert locked["ObjectLockConfiguration"]["Rule"]["DefaultRetention"] == {
        "Mode": "COMPLIANCE",
        "Days": 365,
    }


def test_both_buckets_are_private_encrypted_and_stay(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(7))
    buckets = _buckets(template())
    for bucket in buckets.values():
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["DeletionPolicy"] == "Retain"
    encryption = {
        name: bucket["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0][
            "ServerSideEncryptionByDefault"
        ]["SSEAlgorithm"]
        for name, bucket in buckets.items()
    }
    assert encryption == {"locked": "aws:kms", "access logs": "AES256"}
    assert "LoggingConfiguration" in buckets["locked"]["Properties"]


def test_neither_bucket_answers_without_tls_1_2(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(7))
    for policy in template().find_resources("AWS::S3::BucketPolicy").values():
        denied = [
            statement["Condition"]
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Deny"
        ]
        assert {"Bool": {"aws:SecureTransport": "false"}} in denied
        assert {"NumericLessThan": {"s3:TlsVersion": 1.2}} in denied


def test_a_writer_can_add_and_do_nothing_else(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    audit = AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(7))
    role = iam.Role(stack, "Writer", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    audit.grant_write_records(iam.ManagedPolicy(stack, "Policy", roles=[role]), prefix="audit")
    (policy,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    statements = policy["Properties"]["PolicyDocument"]["Statement"]
    assert [statement["Action"] for statement in statements] == ["s3:PutObject", "kms:GenerateDataKey"]
    assert statements[0]["Resource"]["Fn::Join"][1][-1] == "/audit/*"


def test_a_retention_below_a_day_is_refused(stack: cdk.Stack, log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match=r"retention is 0 .*at least Duration\.days\(1\)"):
        AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(0))
