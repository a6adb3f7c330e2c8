"""The publisher against a real bucket: what a browser gets, and that nothing old stays."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from custom_resource import Request
from page_publisher.publisher import PagePublisher

Aws = Callable[[str], Any]
PAGE, ASSETS = "published-page", "deployment-assets"


def _zip(*names: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as written:
        for name in names:
            written.writestr(name, f"content of {name}")
    return raw.getvalue()


def _request(kind: str) -> Request:
    properties = {
        "SourceBucket": ASSETS,
        "SourceKey": "page.zip",
        "Bucket": PAGE,
        "Config": {"client_id": "c"},
    }
    return Request.parse(
        {
            "RequestType": kind,
            "ResponseURL": "https://cloudformation-custom-resource.s3.amazonaws.com/x?y",
            "StackId": "stack",
            "RequestId": "request",
            "LogicalResourceId": "Page",
            "PhysicalResourceId": "page",
            "ResourceProperties": properties,
        },
    )


@pytest.fixture
def s3(aws: Aws) -> Iterator[Any]:
    client = aws("s3")
    for bucket in (PAGE, ASSETS):
        client.create_bucket(Bucket=bucket)
    client.put_bucket_versioning(Bucket=PAGE, VersioningConfiguration={"Status": "Enabled"})
    yield client
    client.delete_object(Bucket=ASSETS, Key="page.zip")
    for bucket in (PAGE, ASSETS):
        client.delete_bucket(Bucket=bucket)


def test_a_page_comes_changes_and_goes(s3: Any) -> None:
    """The last step must leave no version behind: else the bucket could not be deleted afterwards."""
    publisher = PagePublisher(s3)
    s3.put_object(Bucket=ASSETS, Key="page.zip", Body=_zip("index.html", "app/main.js", "app/old.js"))
    publisher.create(_request("Create"))
    s3.put_object(Bucket=ASSETS, Key="page.zip", Body=_zip("index.html", "app/main.js"))
    assert publisher.update(_request("Update")).data == {"Published": "3", "Removed": "1"}
    keys = {entry["Key"] for entry in s3.list_objects_v2(Bucket=PAGE)["Contents"]}
    assert keys == {"app/main.js", "config.json", "index.html"}
    main = s3.get_object(Bucket=PAGE, Key="app/main.js")
    assert (main["ContentType"], main["CacheControl"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert json.loads(s3.get_object(Bucket=PAGE, Key="config.json")["Body"].read()) == {"client_id": "c"}
    publisher.delete(_request("Delete"))


def test_a_page_whose_bucket_is_gone_is_gone(aws: Aws) -> None:
    PagePublisher(aws("s3")).delete(_request("Delete"))
