"""Stores of documents in a foreign stack."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.data import DocumentStores, object_lock

Statements = Callable[[str], dict[str, dict[str, Any]]]


@pytest.fixture
def documents(stack: cdk.Stack, log_key: kms.Key) -> DocumentStores:
    """Stores with a lock of a week, under keys of the foreign stack's own."""
    return DocumentStores(
        stack,
        "Documents",
        encryption_key=log_key,
        quarantine_key=kms.Key(stack, "QuarantineKey"),
        lock=object_lock(cdk.Duration.days(7), compliance=False),
    )


@pytest.fixture
def bucket_policy(documents: DocumentStores, template: Callable[[], Template]) -> Statements:
    """The statements of a bucket's policy, by their ids; the bucket by its name among the stores."""

    def of(store: str) -> dict[str, dict[str, Any]]:
        assert documents.node.try_find_child(store)
        (policy,) = [
            body
            for name, body in template().find_resources("AWS::S3::BucketPolicy").items()
            if name.startswith(f"Documents{store}Bucket")
        ]
        listed: list[dict[str, Any]] = policy["Properties"]["PolicyDocument"]["Statement"]
        return {entry["Sid"]: entry for entry in listed if "Sid" in entry}

    return of
