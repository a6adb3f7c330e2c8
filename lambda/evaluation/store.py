"""Reads the newest version of a data set, and only if it is what its manifest says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaluation.results import MAX_BYTES

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef


class LineageError(RuntimeError):
    """A data set is missing, or is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class DatasetReader:
    """The data set store, to read.

    Args:
        client: S3.
        bucket: The store.
    """

    client: S3Client
    bucket: str

    def newest(self, purpose: str, name: str) -> bytes:
        """The content of the newest version.

        Raises:
            LineageError: There is none, it is larger than 10 MB, or its SHA-256 is not the manifest's.
        """
        prefix = f"manifests/{purpose}/{name}/"
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        keys = [entry.get("Key", "") for page in pages for entry in page.get("Contents", [])]
        if not keys:
            raise LineageError(f"{purpose} {name} has no version")
        # Their names begin with the time.
        manifest: dict[str, Any] = json.loads(
            _read(self.client.get_object(Bucket=self.bucket, Key=max(keys)))
        )
        content = _read(
            self.client.get_object(Bucket=self.bucket, Key=manifest["key"], VersionId=manifest["version_id"])
        )
        if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
            raise LineageError(f"{purpose} {name} is not what its manifest says")
        return content


def _read(answer: GetObjectOutputTypeDef) -> bytes:
    if answer["ContentLength"] > MAX_BYTES:
        raise LineageError("larger than 10 MB")
    return answer["Body"].read()
