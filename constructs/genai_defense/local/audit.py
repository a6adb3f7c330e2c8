"""Finds audit records in the locked bucket."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from genai_defense.local.deployment import Deployment


@dataclass(frozen=True)
class AuditRecord:
    """One record.

    Attributes:
        key: Object key.
        text: The object as text.
        document: The object as JSON.
    """

    key: str
    text: str
    document: dict[str, Any]

    @property
    def request_id(self) -> str:
        """The request that it tells about."""
        return self.key.rsplit("/", 1)[-1].removesuffix(".json")


def _keys(deployment: Deployment) -> Iterator[str]:
    pages = deployment.client("s3").get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=deployment.audit_bucket, Prefix="audit/"):
        for entry in page.get("Contents", []):
            yield entry["Key"]


def _read(deployment: Deployment, key: str) -> AuditRecord:
    content: bytes = (
        deployment.client("s3").get_object(Bucket=deployment.audit_bucket, Key=key)["Body"].read()
    )
    text = content.decode()
    return AuditRecord(key, text, json.loads(text))


def records(deployment: Deployment) -> Iterator[AuditRecord]:
    """All records there are."""
    return (_read(deployment, key) for key in _keys(deployment))


def find_record(deployment: Deployment, request_id: str) -> AuditRecord | None:
    """The record of one request, if there is one."""
    found = next((key for key in _keys(deployment) if key.endswith(f"/{request_id}.json")), None)
    return _read(deployment, found) if found else None


def oldest_record(deployment: Deployment) -> AuditRecord | None:
    """The first record by name, if there is any."""
    first = next(_keys(deployment), None)
    return _read(deployment, first) if first else None
