"""A version of a data set is what its manifest says, from where it says, and its reader finds it."""

import base64
import hashlib
import io
import json
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from pydantic import ValidationError

from evaluation.store import DatasetReader
from genai_defense.datasets import Origin, contribute

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ORIGIN = Origin(purpose="evaluation", name="answers", source="run 7", licence="CC0-1.0")


class FakeAws:
    """S3 that keeps objects and compares checksums, and STS that knows the caller."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def __call__(self, _service: str) -> "FakeAws":
        return self

    def get_caller_identity(self) -> dict[str, str]:
        return {"Arn": "arn:aws:sts::111111111111:assumed-role/Contributor/ada"}

    def put_object(self, **given: Any) -> dict[str, str]:
        if "ChecksumSHA256" in given:
            digest = hashlib.sha256(given["Body"]).digest()
            assert base64.b64decode(given["ChecksumSHA256"]) == digest
        self.objects[given["Key"]] = given["Body"]
        return {"VersionId": "v1"}

    def get_paginator(self, _name: str) -> "FakeAws":
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> list[dict[str, Any]]:  # noqa: N803 - boto3's names
        assert Bucket == "store"
        return [{"Contents": [{"Key": key} for key in self.objects if key.startswith(Prefix)]}]

    def get_object(self, **given: str) -> dict[str, Any]:
        content = self.objects[given["Key"]]
        return {"Body": io.BytesIO(content), "ContentLength": len(content)}


def test_the_manifest_says_what_where_from_by_whom_and_when() -> None:
    aws = FakeAws()
    key = contribute(b"{}", "results.jsonl", bucket="store", origin=ORIGIN, clients=aws, now=lambda: NOW)
    sha256 = hashlib.sha256(b"{}").hexdigest()
    assert json.loads(aws.objects[key]) == {
        "version": 1,
        "purpose": "evaluation",
        "name": "answers",
        "source": "run 7",
        "licence": "CC0-1.0",
        "key": f"datasets/evaluation/answers/{sha256}/results.jsonl",
        "version_id": "v1",
        "sha256": sha256,
        "bytes": 2,
        "contributor": "arn:aws:sts::111111111111:assumed-role/Contributor/ada",
        "time": "2026-11-24T10:00:00Z",
    }


def test_the_evaluation_reads_the_newest_version() -> None:
    aws = FakeAws()
    times = iter([NOW, NOW.replace(hour=11)])
    for content in (b"old", b"new"):
        contribute(content, "r.jsonl", bucket="store", origin=ORIGIN, clients=aws, now=lambda: next(times))
    assert DatasetReader(cast("Any", aws), "store").newest("evaluation", "answers") == b"new"


@pytest.mark.parametrize(("content", "name"), [(b"", "a.jsonl"), (b"x", "../a.jsonl"), (b"x", "")])
def test_no_content_and_no_name_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(ValueError, match="give a file with content, and its name alone"):
        contribute(content, name, bucket="store", origin=ORIGIN, clients=FakeAws())


@pytest.mark.parametrize("fault", [{"purpose": "fun"}, {"name": "../x"}, {"licence": ""}])
def test_an_origin_without_purpose_name_or_licence_is_refused(fault: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Origin.model_validate({**ORIGIN.model_dump(), **fault})
