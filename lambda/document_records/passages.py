"""Published passages in the trusted bucket, taken out of sight. Locked versions stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from document_records.keys import DocumentId


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of the trusted bucket.

    Args:
        client: S3.
        bucket_name: The trusted bucket.
    """

    client: S3Client
    bucket_name: str

    def hide(self, document: DocumentId) -> None:
        """Put a delete marker on a passage and on its metadata."""
        for key in (document.passage, document.metadata):
            self.client.delete_object(Bucket=self.bucket_name, Key=key)
