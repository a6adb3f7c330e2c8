"""Only a scan result about this bucket is one; everything else goes to the dead letters."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingestion.event import EventError, Landed, landed
from ingestion.naming import file_name_of, kept_name, tenant_of


def _body(**changes: Any) -> str:
    place = {"bucketName": "landing", "objectKey": "acme/a b.pdf", "eTag": '"e1"', "versionId": "v1"}
    detail = {
        "scanStatus": "COMPLETED",
        "s3ObjectDetails": place,
        "scanResultDetails": {"scanResultStatus": "NO_THREATS_FOUND", "threats": None},
    }
    return json.dumps({"source": "aws.guardduty", "detail": {**detail, **changes}})


def test_a_scan_result_is_read() -> None:
    assert landed(_body(), "landing") == Landed("landing", "acme/a b.pdf", "v1", "e1", "NO_THREATS_FOUND")
    result = {"scanResultStatus": "THREATS_FOUND", "threats": [{"name": "EICAR"}, {}]}
    found = landed(_body(scanResultDetails=result), "landing")
    assert (found.scan_status, found.threats) == ("THREATS_FOUND", ("EICAR", "None"))


@pytest.mark.parametrize(
    "changes",
    [
        {"scanStatus": "SKIPPED"},
        {"scanStatus": None},
        {"scanResultDetails": {"scanResultStatus": "CLEAN_I_SWEAR"}},
    ],
)
def test_a_scan_that_did_not_end_well_has_failed(changes: dict[str, Any]) -> None:
    assert landed(_body(**changes), "landing").scan_status == "FAILED"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[" * 100_000,
        "[]",
        "{}",
        json.dumps({"source": "aws.s3", "detail": {}}),
        json.dumps({"source": "aws.guardduty", "detail": []}),
        _body(s3ObjectDetails={"bucketName": "other", "objectKey": "a", "eTag": "e", "versionId": "v"}),
        _body(s3ObjectDetails={"bucketName": "landing", "objectKey": "a/b", "eTag": "e"}),
        _body(s3ObjectDetails={"bucketName": "landing", "objectKey": "", "eTag": "e", "versionId": "v"}),
        _body(s3ObjectDetails=None),
        _body(scanResultDetails={}),
    ],
)
def test_everything_else_is_none(body: str) -> None:
    with pytest.raises(EventError):
        landed(body, "landing")


@pytest.mark.parametrize(
    ("key", "tenant"),
    [("acme/a.txt", "acme"), ("shared/a.txt", "shared"), ("a.txt", None), ("A/a.txt", None), ("/a", None),
     ("unknown-tenant/a.txt", None), ("*/a.txt", None), ("acme#x/a.txt", None), ("a" * 64 + "/a.txt", None)],
)  # fmt: skip
def test_the_tenant_is_the_first_segment(key: str, tenant: str | None) -> None:
    assert tenant_of(key) == tenant


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("acme/Jahresbericht 2026 (final).pdf", "Jahresbericht 2026 (final).pdf"),
        ("acme/راهنما.docx", "راهنما.docx"),
        ("acme/../../etc/passwd", "_.._etc_passwd"),
        ("acme/a\n<b>.txt", "a__b_.txt"),
        ("acme/", "unnamed"),
        ("acme/" + "x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_kept_name_is_harmless(key: str, name: str) -> None:
    assert kept_name(key) == name
    assert "/" not in kept_name(key)


def test_the_readers_name_is_the_whole_rest() -> None:
    """So that a folder in it is refused, and not passed over."""
    assert file_name_of("acme/folder/a.txt") == "folder/a.txt"
