"""A document that nobody scans is counted, whatever was uploaded over it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ingestion import runtime
from ingestion.event import LOOK, is_look
from ingestion.handler import handler
from ingestion.waiting import PATIENCE, WaitingRoom

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from tests.lambda_.ingestion.conftest import Site

ORDER = {"messageId": "look", "body": json.dumps({"source": LOOK})}


def _room(site: Site, later: timedelta) -> WaitingRoom:
    return WaitingRoom(site.s3, site.names["landing"], lambda: datetime.now(UTC) + later)


def test_what_waits_longer_than_a_scan_takes_is_counted(site: Site) -> None:
    for key in ("acme/a.txt", "acme/a.txt", "globex/b.txt", "malware-protection-resource-validation-object"):
        site.s3.put_object(Bucket=site.names["landing"], Key=key, Body=b"words")
    assert _room(site, PATIENCE - timedelta(minutes=5)).count() == 0
    assert _room(site, PATIENCE + timedelta(minutes=5)).count() == 3, "the replaced version waits, too"


def test_a_document_that_came_to_its_end_does_not_wait(site: Site, context: LambdaContext) -> None:
    handler({"Records": [site.upload("acme/refunds.txt", b"Refunds take fourteen days.")]}, context)
    assert _room(site, PATIENCE * 2).count() == 0


def _metrics(said: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in said.splitlines():
        if '"_aws"' in line:
            found |= json.loads(line)
    return found


@pytest.mark.parametrize("late", [False, True])
def test_the_hourly_look_tells_the_number_also_when_it_is_none(
    site: Site,
    context: LambdaContext,
    capsys: pytest.CaptureFixture[str],
    aws_environment: pytest.MonkeyPatch,
    *,
    late: bool,
) -> None:
    site.s3.put_object(Bucket=site.names["landing"], Key="acme/a.txt", Body=b"words")
    room = _room(site, PATIENCE * 2 if late else timedelta())
    aws_environment.setattr("ingestion.handler.waiting", lambda: room)
    assert handler({"Records": [ORDER]}, context) == {"batchItemFailures": []}
    assert _metrics(capsys.readouterr().out)["DocumentsWaiting"] == [1.0 if late else 0.0]


def test_a_look_that_fails_comes_again(
    site: Site, context: LambdaContext, aws_environment: pytest.MonkeyPatch
) -> None:
    runtime.waiting.cache_clear()
    aws_environment.setenv("LANDING_BUCKET_NAME", f"{site.names['landing']}-gone")
    assert handler({"Records": [ORDER]}, context) == {"batchItemFailures": [{"itemIdentifier": "look"}]}
    runtime.waiting.cache_clear()


def test_a_tag_that_is_not_there_yet_is_no_failure_that_calls_somebody(
    site: Site, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    record = site.upload("acme/refunds.txt", b"Refunds take fourteen days.")
    site.s3.delete_object_tagging(Bucket=site.names["landing"], Key="acme/refunds.txt")
    assert handler({"Records": [record]}, context)["batchItemFailures"]
    said = _metrics(capsys.readouterr().out)
    assert "DocumentNotYetTagged" in said
    assert "DocumentNotIngested" not in said


@pytest.mark.parametrize("body", ["", "[" * 100_000, "[]", '{"source": "aws.guardduty"}', '"x"'])
def test_nothing_else_is_the_order_to_look(body: str) -> None:
    assert not is_look(body)
