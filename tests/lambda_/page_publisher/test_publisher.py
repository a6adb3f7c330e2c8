"""A deployment publishes exactly its page: every file in place, the index last, nothing old left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from custom_resource import RefusedError
from page_publisher import handler
from page_publisher import publisher as module

if TYPE_CHECKING:
    from collections.abc import Callable

    from custom_resource import Request
    from page_publisher.publisher import PagePublisher
    from tests.lambda_.page_publisher.conftest import Objects


def test_every_file_is_put_with_its_headers_and_the_index_last(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    outcome = publisher.create(request_of())
    assert [put["Key"] for put in s3.puts] == ["app/main.js", "config.json", "zebra.css", "index.html"]
    assert {put["Bucket"] for put in s3.puts} == {"page-bucket"}
    main = s3.puts[0]
    assert (main["Body"], main["ContentType"], main["CacheControl"]) == (
        b"app/main.js",
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    assert outcome.data == {"Published": "4", "Removed": "0"}
    assert outcome.physical_id == "page-in-page-bucket"


def test_the_page_is_told_what_the_deployment_knows(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    publisher.create(request_of())
    (config,) = [put for put in s3.puts if put["Key"] == "config.json"]
    assert json.loads(config["Body"]) == {"client_id": "client", "allowed_link_hosts": ["docs.example.com"]}
    assert config["CacheControl"] == "no-cache"


def test_files_that_are_gone_are_removed(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    s3.versions = [{"Key": key} for key in ("old.js", "index.html", "older.css")]
    publisher.update(request_of("Update"))
    assert s3.deleted == [{"Key": "old.js"}, {"Key": "older.css"}]


def test_a_repeated_request_does_the_same(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    first, again = publisher.create(request_of()), publisher.create(request_of())
    assert first == again
    assert s3.puts[:4] == s3.puts[4:]


def test_a_deleted_page_leaves_no_version_behind(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    s3.versions = [{"Key": "index.html", "VersionId": version} for version in "abc"]
    publisher.delete(request_of("Delete"))
    assert {entry["VersionId"] for entry in s3.deleted} == {"a", "b", "c", "marker"}


def test_a_bucket_that_is_gone_is_empty(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    s3.gone = True
    publisher.delete(request_of("Delete"))
    assert s3.deleted == []


def test_a_file_that_stays_is_told(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    s3.versions = [{"Key": "old.js"}]
    s3.errors = [{"Key": "old.js", "Code": "AccessDenied"}]
    with pytest.raises(RefusedError, match="AccessDenied"):
        publisher.update(request_of("Update"))


def test_a_bad_archive_changes_nothing(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request]
) -> None:
    s3.archive = b"no zip"
    s3.versions = [{"Key": "index.html"}]
    with pytest.raises(RefusedError):
        publisher.update(request_of("Update"))
    assert (s3.puts, s3.deleted) == ([], [])


def test_an_archive_that_is_too_large_is_not_read(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(RefusedError, match="10 are allowed"):
        publisher.create(request_of())
    assert s3.puts == []


@pytest.mark.parametrize("config", [None, {}, "text", []])
def test_a_page_without_configuration_is_not_published(
    publisher: PagePublisher, s3: Objects, request_of: Callable[..., Request], config: object
) -> None:
    with pytest.raises(RefusedError, match="Config"):
        publisher.create(request_of(Config=config))
    assert s3.puts == []


def test_the_handler_answers_through_the_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def answer(event: object, _context: object, *, provider: object) -> None:
        asked.extend([event, provider])

    monkeypatch.setattr(handler, "answer", answer)
    handler.handler({"RequestType": "Create"}, None)  # type: ignore[arg-type] # answer is replaced
    assert asked[0] == {"RequestType": "Create"}
