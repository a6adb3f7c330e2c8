"""Who adds training data cannot read it, who reads it cannot add, and nobody else does either."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.data import DatasetStore, object_lock

Synth = Callable[[], Template]


@pytest.fixture
def store(stack: cdk.Stack, log_key: kms.Key) -> DatasetStore:
    lock = object_lock(cdk.Duration.days(7), compliance=False)
    return DatasetStore(stack, "Datasets", encryption_key=log_key, lock=lock)


def _policy(template: Template, role: str) -> list[dict[str, Any]]:
    (found,) = [
        policy["Properties"]["PolicyDocument"]["Statement"]
        for name, policy in template.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith(f"Datasets{role}")
    ]
    statements: list[dict[str, Any]] = found
    return statements


def _actions(statements: list[dict[str, Any]], effect: str) -> set[str]:
    listed = [entry["Action"] for entry in statements if entry["Effect"] == effect]
    return {action for entry in listed for action in ([entry] if isinstance(entry, str) else entry)}


@pytest.mark.usefixtures("store")
def test_a_contributor_adds_and_is_refused_to_read(template: Synth) -> None:
    statements = _policy(template(), "Contributor")
    assert _actions(statements, "Allow") == {"s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"}
    assert _actions(statements, "Deny") == {"s3:GetObject", "s3:GetObjectVersion"}


@pytest.mark.usefixtures("store")
def test_a_reader_reads_and_is_refused_to_add(template: Synth) -> None:
    statements = _policy(template(), "Reader")
    reading = {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "kms:Decrypt"}
    assert _actions(statements, "Allow") == reading
    assert _actions(statements, "Deny") == {"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"}


@pytest.mark.usefixtures("store")
def test_the_bucket_itself_keeps_everybody_else_out(template: Synth) -> None:
    synthesized = template()
    (policy,) = [
        entry["Properties"]["PolicyDocument"]["Statement"]
        for name, entry in synthesized.find_resources("AWS::S3::BucketPolicy").items()
        if name.startswith("DatasetsBucket")
    ]
    denied = {entry.get("Sid"): entry for entry in policy if entry["Effect"] == "Deny"}
    for sid, side in (("OnlyContributorsAdd", "adds"), ("OnlyReadersRead", "reads")):
        # Without the tag, the negated operator is true.
        assert denied[sid]["Condition"] == {"StringNotEquals": {"aws:PrincipalTag/dataset-store": side}}
        assert denied[sid]["Principal"] == {"AWS": "*"}
    sides = {
        name.removeprefix("Datasets")[:6]: entry["Properties"]["Tags"]
        for name, entry in synthesized.find_resources("AWS::IAM::Role").items()
    }
    assert sides == {
        "Contri": [{"Key": "dataset-store", "Value": "adds"}],
        "Reader": [{"Key": "dataset-store", "Value": "reads"}],
    }


@pytest.mark.usefixtures("store")
def test_every_version_is_locked_and_encrypted(template: Synth) -> None:
    (bucket,) = [
        entry["Properties"]
        for name, entry in template().find_resources("AWS::S3::Bucket").items()
        if name.startswith("DatasetsBucket")
    ]
    assert bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Mode"] == "GOVERNANCE"
    assert "aws:kms" in str(bucket["BucketEncryption"])
