"""S3 in memory, with versions, and requests of CloudFormation."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from custom_resource import Request
from page_publisher.publisher import PagePublisher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_s3 import S3Client

PAGE = "page-bucket"


class NoSuchBucketError(Exception):
    """As botocore's generated class."""


@dataclass
class Objects:
    """What the publisher asks of S3. `puts` are the calls in order; `versions` what the bucket holds."""

    archive: bytes = b""
    puts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    versions: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    deleted: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    errors: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    gone: bool = False

    class exceptions:  # noqa: N801 - as botocore names it
        """Errors that S3 answers with."""

        NoSuchBucket = NoSuchBucketError

    def get_object(self, **_: str) -> dict[str, Any]:
        """The archive."""
        return {"ContentLength": len(self.archive), "Body": io.BytesIO(self.archive)}

    def put_object(self, **call: Any) -> None:
        """Remember."""
        self.puts.append(call)

    def get_paginator(self, operation: str) -> Objects:
        """Itself, once for each list."""
        self.operation = operation
        return self

    def paginate(self, **_: str) -> Iterator[dict[str, Any]]:
        """Two keys a page, so that pages matter."""
        if self.gone:
            raise NoSuchBucketError
        name = "Contents" if self.operation == "list_objects_v2" else "Versions"
        for start in range(0, len(self.versions), 2):
            yield {name: self.versions[start : start + 2]}
        yield {"DeleteMarkers": [{"Key": "old.js", "VersionId": "marker"}]} if name == "Versions" else {}

    def delete_objects(self, **call: Any) -> dict[str, Any]:
        """Remember."""
        self.deleted.extend(call["Delete"]["Objects"])
        return {"Errors": self.errors} if self.errors else {}


@pytest.fixture
def s3() -> Objects:
    """A bucket, and an archive with a small page."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as written:
        for name in ("index.html", "app/main.js", "zebra.css"):
            written.writestr(name, name)
    return Objects(archive=raw.getvalue())


@pytest.fixture
def publisher(s3: Objects) -> PagePublisher:
    """The provider on that bucket."""
    return PagePublisher(cast("S3Client", s3))


@pytest.fixture
def request_of() -> Callable[..., Request]:
    """A request of CloudFormation; the arguments change its properties."""

    def build(kind: str = "Create", **properties: Any) -> Request:
        return Request.parse(
            {
                "RequestType": kind,
                "ResponseURL": "https://cloudformation-custom-resource.s3.amazonaws.com/x?y",
                "StackId": "stack",
                "RequestId": "request",
                "LogicalResourceId": "Page",
                "PhysicalResourceId": f"page-in-{PAGE}",
                "ResourceProperties": {
                    "SourceBucket": "assets",
                    "SourceKey": "page.zip",
                    "Bucket": PAGE,
                    "Config": {"client_id": "client", "allowed_link_hosts": ["docs.example.com"]},
                    **properties,
                },
            },
        )

    return build
