"""Puts the files of the page into its bucket, and takes away those that are gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from custom_resource import Outcome, RefusedError
from page_publisher.archive import MOST_BYTES, read_archive
from page_publisher.files import CONFIG, INDEX, cache_control, content_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mypy_boto3_s3 import S3Client

    from custom_resource import Request

_MOST_KEYS: Final = 1000


class PagePublisher:
    """Provider of `Custom::ChatPage`.

    Properties: `SourceBucket` and `SourceKey` (the zip), `Bucket` (the page's), `Config` (an object that
    becomes `config.json`). A repeated request puts the same files again.
    """

    def __init__(self, s3: S3Client) -> None:
        """Args: s3: Client that reads the zip and writes the bucket."""
        self._s3 = s3

    def create(self, request: Request) -> Outcome:
        """Publish the page; the index comes last, so that it names nothing that is not there yet."""
        bucket = request.text("Bucket")
        files = read_archive(self._archive(request.text("SourceBucket"), request.text("SourceKey")))
        files[CONFIG] = _config(request.properties)
        for path in sorted(files, key=lambda path: (path == INDEX, path)):
            self._s3.put_object(
                Bucket=bucket,
                Key=path,
                Body=files[path],
                ContentType=content_type(path),
                CacheControl=cache_control(path),
            )
        gone = [key for key in self._keys(bucket) if key not in files]
        self._delete(bucket, [{"Key": key} for key in gone])
        return Outcome(
            physical_id=f"page-in-{bucket}",
            data={"Published": str(len(files)), "Removed": str(len(gone))},
        )

    def update(self, request: Request) -> Outcome:
        """Publish again. Another bucket is another page: CloudFormation then deletes the old one."""
        return self.create(request)

    def delete(self, request: Request) -> Outcome:
        """Empty the bucket, old versions included, so that it can be deleted; one that is gone is empty."""
        bucket = request.text("Bucket")
        try:
            pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
            for page in pages:
                entries = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                self._delete(
                    bucket,
                    [
                        {"Key": entry.get("Key", ""), "VersionId": entry.get("VersionId", "")}
                        for entry in entries
                    ],
                )
        except self._s3.exceptions.NoSuchBucket:
            return Outcome()
        return Outcome()

    def _archive(self, bucket: str, key: str) -> bytes:
        answer = self._s3.get_object(Bucket=bucket, Key=key)
        if answer["ContentLength"] > MOST_BYTES:
            raise RefusedError(
                f"The page's archive has {answer['ContentLength']} bytes; {MOST_BYTES} are allowed."
            )
        return answer["Body"].read()

    def _keys(self, bucket: str) -> Iterable[str]:
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for entry in page.get("Contents", []):
                yield entry.get("Key", "")

    def _delete(self, bucket: str, objects: list[dict[str, str]]) -> None:
        for start in range(0, len(objects), _MOST_KEYS):
            batch = cast("Any", objects[start : start + _MOST_KEYS])
            answer = self._s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
            if errors := answer.get("Errors"):
                raise RefusedError(
                    f"{len(errors)} files stayed in {bucket}: {errors[0].get('Code', 'unknown')}."
                )


def _config(properties: Mapping[str, Any]) -> bytes:
    config = properties.get("Config")
    if not isinstance(config, dict) or not config:
        raise RefusedError("The property Config must be an object that is not empty. Set it in the template.")
    return json.dumps(config, sort_keys=True).encode()
