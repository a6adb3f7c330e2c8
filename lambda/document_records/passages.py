"""Published documents in the trusted bucket, taken out of sight. Versions stay until their lock ends."""

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

    def hide(self, document: DocumentId, uri: str) -> None:
        """Put delete markers on a passage, its metadata and its original.

        Args:
            document: Which.
            uri: Address or key of the original; empty where there is none.
        """
        original = uri.removeprefix(f"s3://{self.bucket_name}/")
        own = original.startswith(document.original(""))
        for key in (document.passage, document.metadata, *([original] if own else [])):
            self.client.delete_object(Bucket=self.bucket_name, Key=key)
