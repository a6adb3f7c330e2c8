"""The four buckets of the document way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from botocore.exceptions import ClientError

from ingestion.ports import Manifest, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_s3 import S3Client

    from document_records import DocumentId
    from ingestion.event import Landed

SCAN_TAG: Final = "GuardDutyMalwareScanStatus"
"""The tag that GuardDuty puts on what it scanned."""
_GONE: Final = frozenset({"404", "NoSuchKey", "NoSuchVersion", "405", "MethodNotAllowed"})
_EXISTS: Final = frozenset({"PreconditionFailed", "412"})
_CLAIM_CHARS: Final = 200
_MOST_COPIED: Final = 5 * 1024**3
"""Largest object of one CopyObject (S3 API reference, read 2026-11-24)."""


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@dataclass(frozen=True, slots=True)
class LandingBucket:
    """Where contributors upload.

    Args:
        client: S3.
    """

    client: S3Client

    def describe(self, landed: Landed) -> Upload | None:
        """What is known of a version; None when it is gone."""
        try:
            head = self.client.head_object(Bucket=landed.bucket, Key=landed.key, VersionId=landed.version_id)
        except ClientError as error:
            if _code(error) in _GONE:
                return None
            raise
        claim = head["Metadata"].get("uploader")
        return Upload(
            head["ContentLength"],
            head["ETag"].strip('"'),
            head["LastModified"].isoformat(),
            claim[:_CLAIM_CHARS] if claim else None,
        )

    def scan_tag(self, landed: Landed) -> str | None:
        """The scan's status as GuardDuty tagged the version; None without such a tag."""
        tags = self.client.get_object_tagging(
            Bucket=landed.bucket, Key=landed.key, VersionId=landed.version_id
        )["TagSet"]
        return next((tag["Value"] for tag in tags if tag["Key"] == SCAN_TAG), None)

    def read(self, landed: Landed) -> bytes:
        """The content of a version."""
        answer = self.client.get_object(Bucket=landed.bucket, Key=landed.key, VersionId=landed.version_id)
        return answer["Body"].read()

    def remove(self, landed: Landed) -> None:
        """Remove a version; one that is gone is no error."""
        self.client.delete_object(Bucket=landed.bucket, Key=landed.key, VersionId=landed.version_id)


@dataclass(frozen=True, slots=True)
class TrustedBucket:
    """Where originals and passages are locked.

    Args:
        client: S3.
        name: The bucket.
    """

    client: S3Client
    name: str

    def keep_original(self, document: DocumentId, file_name: str, data: bytes) -> str:
        """Keep the file itself; gives its address."""
        key = document.original(file_name)
        _create(self.client, self.name, key, data, "application/octet-stream")
        return f"s3://{self.name}/{key}"

    def keep_passage(self, document: DocumentId, text: str, attributes: Mapping[str, str]) -> None:
        """Keep the text that the knowledge base reads, and its attributes; the latest judgement counts."""
        for key, data, content_type in (
            (document.metadata, json.dumps({"metadataAttributes": dict(attributes)}), "application/json"),
            (document.passage, text, "text/plain; charset=utf-8"),
        ):
            self.client.put_object(Bucket=self.name, Key=key, Body=data.encode(), ContentType=content_type)


@dataclass(frozen=True, slots=True)
class QuarantineBucket:
    """Where documents are kept apart.

    Args:
        client: S3.
        name: The bucket.
    """

    client: S3Client
    name: str

    def keep(self, landed: Landed, key: str, reason: str) -> None:
        """Keep a version apart.

        One that is gone was brought to its end by another run; one larger than S3 copies at once leaves only
        its manifest.
        """
        source: Any = {"Bucket": landed.bucket, "Key": landed.key, "VersionId": landed.version_id}
        try:
            self.client.copy_object(
                Bucket=self.name,
                Key=key,
                CopySource=source,
                MetadataDirective="REPLACE",
                Metadata={"reason": reason[:_CLAIM_CHARS], "landing-version": landed.version_id},
                ContentType="application/octet-stream",
                TaggingDirective="REPLACE",
            )
        except ClientError as error:
            large = _code(error) == "InvalidRequest" and self._size(landed) > _MOST_COPIED
            if _code(error) not in _GONE and not large:
                raise

    def _size(self, landed: Landed) -> int:
        head = self.client.head_object(Bucket=landed.bucket, Key=landed.key, VersionId=landed.version_id)
        return head["ContentLength"]


@dataclass(frozen=True, slots=True)
class ManifestBucket:
    """Where provenance is locked.

    Args:
        client: S3.
        name: The bucket.
    """

    client: S3Client
    name: str

    def write(self, key: str, manifest: Manifest) -> Manifest:
        """Write a manifest once; gives the one that stands, which is the first."""
        if _create(self.client, self.name, key, json.dumps(dict(manifest)).encode(), "application/json"):
            return manifest
        answer = self.client.get_object(Bucket=self.name, Key=key)
        return cast("Manifest", json.loads(answer["Body"].read()))


def _create(client: S3Client, bucket: str, key: str, data: bytes, content_type: str) -> bool:
    """Write an object that is not there; False when it is."""
    try:
        client.put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type, IfNoneMatch="*")
    except ClientError as error:
        if _code(error) not in _EXISTS:
            raise
        return False
    return True
