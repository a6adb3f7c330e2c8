"""What no bucket of the kit goes without."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template
from constructs import Construct

from genai_defense.data import (
    DataPerimeter,
    PrivateBucket,
    access_log_bucket,
    admit_buckets_of_account,
    object_lock,
)

Synth = Callable[[], Template]
BUCKET, POLICY = "AWS::S3::Bucket", "AWS::S3::BucketPolicy"


def _built(stack: cdk.Stack, key: kms.IKey, **arguments: Any) -> PrivateBucket:
    store = Construct(stack, "Store")
    logs = access_log_bucket(store, "AccessLogs", removal_policy=cdk.RemovalPolicy.RETAIN)
    return PrivateBucket(store, "Bucket", encryption_key=key, access_logs=logs, **arguments)


def _of(template: Template, kind: str, name: str) -> dict[str, Any]:
    (found,) = [
        resource["Properties"]
        for logical_id, resource in template.find_resources(kind).items()
        if logical_id.startswith(f"Store{name}")
    ]
    properties: dict[str, Any] = found
    return properties


def _denied(template: Template, name: str) -> dict[str, dict[str, Any]]:
    entries = _of(template, POLICY, name)["PolicyDocument"]["Statement"]
    return {
        entry.get("Sid", str(entry["Condition"])): entry for entry in entries if entry["Effect"] == "Deny"
    }


def test_it_is_encrypted_versioned_logged_and_private(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    _built(stack, log_key)
    bucket = _of(template(), BUCKET, "Bucket")
    assert "aws:kms" in str(bucket["BucketEncryption"])
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert bucket["LoggingConfiguration"]
    assert "InventoryConfigurations" not in bucket


@pytest.mark.parametrize("name", ["Bucket", "AccessLogs"])
def test_strangers_and_old_tls_are_refused(
    name: str, stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    _built(stack, log_key, perimeter=DataPerimeter(endpoint_ids=("vpce-01234567",)))
    denied = _denied(template(), name)
    assert {"RefuseStrangers", "RefuseServicesForStrangers"} < set(denied)
    assert "{'Bool': {'aws:SecureTransport': 'false'}}" in denied
    assert "{'NumericLessThan': {'s3:TlsVersion': 1.2}}" in denied
    # S3 itself delivers access logs, and people read them from anywhere inside.
    assert ("RefuseOtherWays" in denied) is (name == "Bucket")


def test_a_locked_bucket_is_listed_every_week_with_its_locks(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    _built(stack, log_key, lock=object_lock(cdk.Duration.days(7), compliance=True))
    bucket = _of(template(), BUCKET, "Bucket")
    retention = bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert retention == {"Mode": "COMPLIANCE", "Days": 7}
    (inventory,) = bucket["InventoryConfigurations"]
    assert (inventory["ScheduleFrequency"], inventory["IncludedObjectVersions"]) == ("Weekly", "All")
    assert {"EncryptionStatus", "ObjectLockMode"} <= set(inventory["OptionalFields"])


def test_old_versions_of_a_locked_bucket_go_and_those_of_others_stay(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    old = {"NoncurrentVersionExpiration": {"NoncurrentDays": 37}, "Status": "Enabled"}
    _built(stack, log_key, lock=object_lock(cdk.Duration.days(7), compliance=True))
    assert old in _of(template(), BUCKET, "Bucket")["LifecycleConfiguration"]["Rules"]


def test_uploads_that_never_end_are_dropped(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    _built(stack, log_key, lifecycle_rules=[s3.LifecycleRule(expiration=cdk.Duration.days(30))])
    rules = _of(template(), BUCKET, "Bucket")["LifecycleConfiguration"]["Rules"]
    assert {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}, "Status": "Enabled"} in rules
    assert any(rule.get("ExpirationInDays") == 30 for rule in rules)


def test_a_delivery_by_acl_opens_the_perimeter_and_nothing_else(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    _built(stack, log_key, acl_delivery_because="CloudFront delivers by access control list.")
    synthesized = template()
    assert "BucketOwnerPreferred" in str(_of(synthesized, BUCKET, "Bucket")["OwnershipControls"])
    assert len(_denied(synthesized, "Bucket")) == 2
    assert "SecureTransport" in str(_denied(synthesized, "Bucket"))


def test_a_lock_below_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"retention is 0 .*at least Duration\.days\(1\)"):
        object_lock(cdk.Duration.days(0), compliance=False)


@pytest.fixture
def two_stacks(stack: cdk.Stack) -> tuple[Template, Template]:
    """Access logs in one stack, a locked bucket in another."""
    logs = access_log_bucket(Construct(stack, "Store"), "AccessLogs", removal_policy=cdk.RemovalPolicy.RETAIN)
    admit_buckets_of_account(logs)
    app = stack.node.root
    assert isinstance(app, cdk.App)
    other = cdk.Stack(app, "Other", env=cdk.Environment(region="eu-west-1"))
    PrivateBucket(
        Construct(other, "Store"),
        "Bucket",
        encryption_key=kms.Key(other, "Key"),
        access_logs=logs,
        lock=object_lock(cdk.Duration.days(7), compliance=False),
    )
    return Template.from_stack(stack), Template.from_stack(other)


def test_a_bucket_logs_to_another_stack_below_its_own_path(two_stacks: tuple[Template, Template]) -> None:
    logging = _of(two_stacks[1], BUCKET, "Bucket")["LoggingConfiguration"]
    assert logging["LogFilePrefix"] == "Other/Store/Bucket/"
    assert "Fn::ImportValue" in logging["DestinationBucketName"]
    allowed = [
        entry
        for entry in _of(two_stacks[1], POLICY, "Bucket")["PolicyDocument"]["Statement"]
        if entry["Effect"] == "Allow"
    ]
    assert allowed == [], "nothing is delivered to this bucket itself"
    (inventory,) = _of(two_stacks[1], BUCKET, "Bucket")["InventoryConfigurations"]
    assert "Fn::ImportValue" in str(inventory["Destination"]["BucketArn"])


def test_access_logs_of_the_account_come_in_and_of_nobody_else(two_stacks: tuple[Template, Template]) -> None:
    entries = _of(two_stacks[0], POLICY, "AccessLogs")["PolicyDocument"]["Statement"]
    allowed = {entry["Sid"]: entry for entry in entries if entry["Effect"] == "Allow"}
    assert {sid: entry["Principal"]["Service"] for sid, entry in allowed.items()} == {
        "AdmitAccessLogs": "logging.s3.amazonaws.com",
        "AdmitInventories": "s3.amazonaws.com",
    }
    for entry in allowed.values():
        assert entry["Action"] == "s3:PutObject"
        assert entry["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
