"""What is kept is kept under a key of ours, and what must not change is locked: all of it, by name."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Where each type that keeps something names its key. A type that is on neither list fails the test below.
KEYS = {
    "AWS::Backup::BackupVault": "EncryptionKeyArn",
    "AWS::Bedrock::DataSource": "ServerSideEncryptionConfiguration.KmsKeyArn",
    "AWS::Bedrock::Guardrail": "KmsKeyArn",
    "AWS::CloudTrail::Trail": "KMSKeyId",
    "AWS::DynamoDB::Table": "SSESpecification.KMSMasterKeyId",
    "AWS::Events::EventBus": "KmsKeyIdentifier",
    "AWS::Lambda::Function": "KmsKeyArn",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::S3Vectors::Index": "EncryptionConfiguration.KmsKeyArn",
    "AWS::S3Vectors::VectorBucket": "EncryptionConfiguration.KmsKeyArn",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::SecretsManager::Secret": "KmsKeyId",
    "AWS::StepFunctions::StateMachine": "EncryptionConfiguration.KmsKeyId",
}
# S3 delivers its access logs to a bucket under its own key only, and keeps no log of what it delivers.
ACCESS_LOGS = {"Data/AccessLogs"}
# Cognito refuses a log group with a key for its failed messages.
WITHOUT_A_KEY = {"UserInterface/SignInLogMessages"}
LOCKED = {
    "Data/AuditBucket",
    "Data/DatasetsBucket",
    "Knowledge/DocumentsManifestsBucket",
    "Knowledge/DocumentsTrustedBucket",
    "Model/InvocationLogPayloadsBucket",
    "Organization/TrailRecordsBucket",
}

Named = Callable[[str], dict[str, dict[str, Any]]]


@pytest.fixture
def named(assembly: Path) -> Named:
    """The properties of all resources of a type, by stack and id without its hash."""

    def of_type(kind: str) -> dict[str, dict[str, Any]]:
        return {name: entry["Properties"] for name, entry in _all(assembly) if entry["Type"] == kind}

    return of_type


def _all(assembly: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in assembly.glob("*.template.json"):
        stack = path.name.removeprefix("GenAiDefense-").removesuffix(".template.json")
        for logical_id, entry in json.loads(path.read_text())["Resources"].items():
            yield f"{stack}/{logical_id[:-8]}", entry


def _of_ours(value: Any) -> bool:
    """A key that the app made: not a word such as `alias/aws/s3`, and not nothing."""
    return re.match(r'\{"(Ref|Fn::GetAtt|Fn::ImportValue)": .*Key', json.dumps(value)) is not None


def _dig(properties: dict[str, Any], path: str) -> Any:
    first, _, rest = path.partition(".")
    return _dig(properties.get(first, {}), rest) if rest else properties.get(first)


def test_every_bucket_is_under_a_key_of_ours_but_the_one_for_access_logs(named: Named, profile: str) -> None:
    buckets = named("AWS::S3::Bucket")
    assert len(buckets) == {"dev": 13, "prod": 12}[profile]
    defaults = {
        name: [rule["ServerSideEncryptionByDefault"] for rule in rules]
        for name, properties in buckets.items()
        for rules in [properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]]
    }
    under_ours = {
        name
        for name, rules in defaults.items()
        if all(rule["SSEAlgorithm"] == "aws:kms" and _of_ours(rule.get("KMSMasterKeyID")) for rule in rules)
    }
    assert set(buckets) - under_ours == ACCESS_LOGS
    assert {
        name for name, properties in buckets.items() if "LoggingConfiguration" in properties
    } == under_ours


@pytest.mark.parametrize("kind", KEYS)
def test_everything_that_keeps_something_is_under_a_key_of_ours(named: Named, kind: str) -> None:
    kept = named(kind)
    assert kept
    without = {name for name, properties in kept.items() if not _of_ours(_dig(properties, KEYS[kind]))}
    assert without == (WITHOUT_A_KEY if kind == "AWS::Logs::LogGroup" else set())


def test_six_buckets_are_locked_and_no_record_is_forgotten(named: Named, profile: str) -> None:
    buckets = named("AWS::S3::Bucket")
    assert {name for name, properties in buckets.items() if properties.get("ObjectLockEnabled")} == LOCKED
    mode, days = {"dev": ("GOVERNANCE", 1), "prod": ("COMPLIANCE", 365)}[profile]
    for name in LOCKED:
        rule = buckets[name]["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
        assert rule == {"Mode": mode, "Days": days}
        assert buckets[name]["VersioningConfiguration"]["Status"] == "Enabled"


def test_every_log_ends(named: Named) -> None:
    assert all("RetentionInDays" in properties for properties in named("AWS::Logs::LogGroup").values())
