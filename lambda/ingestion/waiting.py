"""What waits in the landing bucket for longer than any document should."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client

PATIENCE: Final = timedelta(hours=6)
"""A scan takes minutes, and five attempts at half an hour each take two and a half hours."""
_TRIAL: Final = "malware-protection-resource-validation-object"
"""Which GuardDuty writes to try its permissions; it is no document."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """The landing bucket, which is empty but for documents that are on their way.

    Args:
        client: S3.
        bucket_name: The landing bucket.
        now: The time.
    """

    client: S3Client
    bucket_name: str
    now: Callable[[], datetime] = _now

    def count(self) -> int:
        """How many versions have waited for more than ``PATIENCE``, replaced ones included."""
        before = self.now() - PATIENCE
        pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket_name)
        return sum(
            version.get("LastModified", _LONG_AGO) < before and version.get("Key") != _TRIAL
            for page in pages
            for version in page.get("Versions", [])
        )
