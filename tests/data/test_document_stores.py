"""Where documents are, and who alone may write, read or delete each."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.data import DocumentStores, object_lock

Synth = Callable[[], Template]
Statements = Callable[[str], dict[str, dict[str, Any]]]
SCAN_TAG = "s3:ExistingObjectTag/GuardDutyMalwareScanStatus"


def _buckets(template: Template) -> dict[str, dict[str, Any]]:
    found = template.find_resources("AWS::S3::Bucket")
    return {name.removeprefix("Documents").partition("Bucket")[0]: dict(body) for name, body in found.items()}


def _excepted(statement: dict[str, Any]) -> list[str]:
    """Logical ids of the roles that a denial does not mean."""
    named = statement["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    listed: list[dict[str, Any]] = named if isinstance(named, list) else [named]  # pyright: ignore[reportUnknownVariableType] - JSON
    return [str(entry["Fn::GetAtt"][0]) for entry in listed]


@pytest.mark.usefixtures("documents")
def test_trusted_documents_and_manifests_are_locked_and_nothing_else(template: Synth) -> None:
    locks = {
        name: body["Properties"].get("ObjectLockConfiguration", {}).get("Rule", {}).get("DefaultRetention")
        for name, body in _buckets(template()).items()
    }
    week = {"Mode": "GOVERNANCE", "Days": 7}
    assert {name for name, lock in locks.items() if lock == week} == {"Trusted", "Manifests"}
    assert {name for name, lock in locks.items() if lock is None} >= {"Landing", "Quarantine"}


@pytest.mark.usefixtures("documents")
def test_every_bucket_has_a_key_of_ours_and_the_quarantine_one_of_its_own(template: Synth) -> None:
    keys = {
        name: str(body["Properties"]["BucketEncryption"])
        for name, body in _buckets(template()).items()
        if "LoggingConfiguration" in body["Properties"]
    }
    assert keys.keys() == {"Landing", "Trusted", "Manifests", "Quarantine"}
    assert all("aws:kms" in key for key in keys.values())
    assert {name for name, key in keys.items() if "QuarantineKey" in key} == {"Quarantine"}


@pytest.mark.parametrize("days", [0, 0.5, 3651])
def test_a_lock_out_of_bounds_is_refused(days: float) -> None:
    with pytest.raises(ValueError, match=r"counts whole days.*Duration\.days\(1\).*Duration\.days\(3650\)"):
        object_lock(cdk.Duration.hours(int(days * 24)), compliance=False)


def test_compliance_locks_for_everybody(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    DocumentStores(
        stack,
        "Documents",
        encryption_key=log_key,
        quarantine_key=log_key,
        lock=object_lock(cdk.Duration.days(365), compliance=True),
    )
    modes = str(template().find_resources("AWS::S3::Bucket"))
    assert modes.count("COMPLIANCE") == 2


def test_nobody_reads_a_landed_document_that_is_not_tagged_clean(bucket_policy: Statements) -> None:
    denied = bucket_policy("Landing")["NoReadUnlessClean"]
    assert denied["Effect"] == "Deny"
    assert denied["Principal"] == {"AWS": "*"}
    assert denied["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert denied["Condition"]["StringNotEquals"] == {SCAN_TAG: "NO_THREATS_FOUND"}
    scanner, examiner = _excepted(denied)
    assert scanner.startswith("DocumentsScanRole")
    assert examiner.startswith("DocumentsExaminer")


def test_the_scanner_alone_says_that_a_document_is_clean(bucket_policy: Statements) -> None:
    denied = bucket_policy("Landing")["OnlyTheScannerTags"]
    assert {"s3:PutObjectTagging", "s3:PutObjectVersionTagging"} <= set(denied["Action"])
    (scanner,) = _excepted(denied)
    assert scanner.startswith("DocumentsScanRole")


def test_a_document_lands_below_the_tenant_of_the_role_and_nowhere_else(bucket_policy: Statements) -> None:
    policy = bucket_policy("Landing")
    elsewhere = policy["NoUploadForAnotherTenant"]
    assert "Resource" not in elsewhere
    assert elsewhere["NotResource"]["Fn::Join"][1][-1] == "/${aws:PrincipalTag/tenant}/*"
    assert policy["NoUploadWithoutTenant"]["Condition"]["Null"] == {"aws:PrincipalTag/tenant": "true"}
    for entry in (elsewhere, policy["NoUploadWithoutTenant"]):
        (scanner,) = _excepted(entry)
        assert scanner.startswith("DocumentsScanRole"), "which writes one object to try its permissions"


def test_a_contributor_may_add_for_the_own_tenant_and_do_nothing_else(
    stack: cdk.Stack, documents: DocumentStores, template: Synth
) -> None:
    documents.landing.grant_upload(iam.ManagedPolicy(stack, "Contributor"))
    (policy,) = [
        body
        for name, body in template().find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("Contributor")
    ]
    upload, key = policy["Properties"]["PolicyDocument"]["Statement"]
    assert upload["Action"] == "s3:PutObject"
    assert upload["Resource"]["Fn::Join"][1][-1] == "/${aws:PrincipalTag/tenant}/*"
    assert key["Action"] == "kms:GenerateDataKey"


@pytest.mark.usefixtures("documents")
def test_what_nobody_fetched_is_gone_a_week_after_the_last_dead_letter(template: Synth) -> None:
    rule, _ = _buckets(template())["Landing"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] == 21
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 21}


@pytest.mark.usefixtures("documents")
def test_what_was_withdrawn_goes_after_its_lock_and_what_stands_stays(template: Synth) -> None:
    buckets = _buckets(template())
    for store in ("Trusted", "Manifests"):
        rules = buckets[store]["Properties"]["LifecycleConfiguration"]["Rules"]
        assert {"NoncurrentVersionExpiration": {"NoncurrentDays": 37}, "Status": "Enabled"} in rules
        assert not any("ExpirationInDays" in rule for rule in rules)


@pytest.mark.usefixtures("documents")
def test_every_store_but_the_landing_bucket_is_listed_every_week(template: Synth) -> None:
    listed = {
        name: body["Properties"]["InventoryConfigurations"][0]["IncludedObjectVersions"]
        for name, body in _buckets(template()).items()
        if "InventoryConfigurations" in body["Properties"]
    }
    assert listed == dict.fromkeys(("Trusted", "Manifests", "Quarantine"), "All")


def test_the_examiner_alone_writes_what_is_trusted_or_known(bucket_policy: Statements) -> None:
    for store in ("Trusted", "Manifests", "Quarantine"):
        denied = bucket_policy(store)["OnlyWhoExaminesWrites"]
        assert denied["Action"] == "s3:PutObject"
        (examiner,) = _excepted(denied)
        assert examiner.startswith("DocumentsExaminer")


def test_the_withdrawer_alone_hides_a_trusted_document(bucket_policy: Statements) -> None:
    denied = bucket_policy("Trusted")["OnlyWhoWithdrawsDeletes"]
    assert denied["Action"] == "s3:DeleteObject"
    assert any(name.startswith("DocumentsWithdrawer") for name in _excepted(denied))


def test_nobody_reads_a_quarantined_document_unless_named(bucket_policy: Statements) -> None:
    denied = bucket_policy("Quarantine")["OnlyRespondersRead"]
    assert denied["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert "Condition" not in denied


def test_a_named_responder_is_let_in(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    responder = "arn:aws:iam::123456789012:role/responder"
    DocumentStores(
        stack,
        "Documents",
        encryption_key=log_key,
        quarantine_key=log_key,
        lock=object_lock(cdk.Duration.days(7), compliance=False),
        responders=[responder],
    )
    assert str(template().find_resources("AWS::S3::BucketPolicy")).count(responder) == 1


@pytest.mark.usefixtures("documents")
def test_no_role_may_decrypt_what_is_in_quarantine(template: Synth) -> None:
    statements = [
        entry
        for policy in template().find_resources("AWS::IAM::ManagedPolicy").values()
        for entry in policy["Properties"]["PolicyDocument"]["Statement"]
        if "QuarantineKey" in str(entry["Resource"])
    ]
    assert [entry["Action"] for entry in statements] == ["kms:GenerateDataKey"]


@pytest.mark.usefixtures("documents")
def test_the_scan_tags_and_reaches_this_one_bucket(template: Synth) -> None:
    (plan,) = template().find_resources("AWS::GuardDuty::MalwareProtectionPlan").values()
    assert plan["Properties"]["Actions"] == {"Tagging": {"Status": "ENABLED"}}
    bucket = plan["Properties"]["ProtectedResource"]["S3Bucket"]
    assert bucket["BucketName"]["Ref"].startswith("DocumentsLanding")
    assert "ObjectPrefixes" not in bucket, "every object is scanned"
    assert any(name.startswith("DocumentsScanPolicy") for name in plan["DependsOn"])
    (policy,) = [
        body
        for name, body in template().find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("DocumentsScanPolicy")
    ]
    for entry in policy["Properties"]["PolicyDocument"]["Statement"]:
        assert "DocumentsLanding" in str(entry["Resource"]) or entry["Sid"] in {
            "ManageItsOwnRule",
            "WatchItsOwnRule",
            "ReadObjects",
        }


@pytest.mark.usefixtures("documents")
def test_the_landing_bucket_sends_events_without_a_function_of_the_cdks_own(template: Synth) -> None:
    landing = _buckets(template())["Landing"]["Properties"]
    assert landing["NotificationConfiguration"] == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    assert template().find_resources("AWS::Lambda::Function") == {}


@pytest.mark.usefixtures("documents")
def test_the_table_is_protected_and_found_by_hash(template: Synth) -> None:
    (table,) = template().find_resources("AWS::DynamoDB::Table").values()
    properties = table["Properties"]
    assert properties["KeySchema"] == [{"AttributeName": "document", "KeyType": "HASH"}]
    (index,) = properties["GlobalSecondaryIndexes"]
    assert (index["IndexName"], index["KeySchema"][0]["AttributeName"]) == ("by_sha256", "sha256")
    assert properties["DeletionProtectionEnabled"] is True
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["SSESpecification"]["SSEType"] == "KMS"
    assert "TimeToLiveSpecification" not in properties, "a withdrawn document stays withdrawn"
    assert str(template().find_resources("AWS::Backup::BackupSelection")).count("DocumentsTable") == 1


def test_who_checks_a_document_sees_single_rows(
    stack: cdk.Stack, documents: DocumentStores, template: Synth
) -> None:
    documents.table.grant_check(iam.ManagedPolicy(stack, "Chat"))
    (policy,) = [
        body
        for name, body in template().find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("Chat")
    ]
    check, _ = policy["Properties"]["PolicyDocument"]["Statement"]
    assert check["Action"] == "dynamodb:BatchGetItem"
