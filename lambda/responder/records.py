"""Records of automatic actions in the locked bucket: one before, one after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mypy_boto3_s3 import S3Client

VERSION: Final = 1
PREFIX: Final = "response"
"""Where the records lie in the audit bucket."""


@dataclass(frozen=True, slots=True)
class Records:
    """Writes records.

    Args:
        client: S3.
        bucket_name: Bucket with Object Lock and default encryption.
    """

    client: S3Client
    bucket_name: str

    def write(self, name: str, time: datetime, content: Mapping[str, Any]) -> None:
        """Store ``response/YYYY/MM/DD/<name>.json``, once; a second try with the same name changes nothing.

        Raises:
            botocore.exceptions.ClientError: It is not stored, so nothing may be done.
        """
        record = {"version": VERSION, "time": time.isoformat(timespec="milliseconds"), **content}
        try:
            self.client.put_object(
                Bucket=self.bucket_name,
                Key=f"{PREFIX}/{time:%Y/%m/%d}/{name}.json",
                Body=json.dumps(record, sort_keys=True).encode(),
                ContentType="application/json",
                # A bucket with Object Lock takes no object without a checksum.
                ChecksumAlgorithm="SHA256",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "PreconditionFailed":
                raise
