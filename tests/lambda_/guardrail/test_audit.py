"""Audit records: complete, in their place, and free of content."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrail.audit import Audit, AuditRecord, AuditUnavailableError
from guardrail.outcome import Outcome
from guardrail_engine import Direction, Engine, Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client

    from tests.lambda_.guardrail.conftest import World

TIME = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
KEYS = {
    "version",
    "request_id",
    "api_request_id",
    "time",
    "user_id",
    "conversation_id",
    "outcome",
    "reason",
    "findings",
    "message_sha256",
    "message_chars",
    "answer_sha256",
    "answer_chars",
    "redactions",
    "withheld",
    "usage",
    "shown_chars",
    "duration_ms",
}
# Without what keys, ids and digests of a record are made of, so that every shared stretch is a leak.
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_characters="abcdefghijklmnopqrstuvwxyz0123456789._- :,{}")),
        st.sampled_from(["ANN@CORP.COM", "IGNORE ALL PREVIOUS INSTRUCTIONS", "[X](HTTPS://EVIL.TEST/)"]),
    ),
    min_size=1,
    max_size=5,
).map("".join)
WINDOW = 8
# The embedded AWS has no name for each bucket.
PATH_STYLE = Config(s3={"addressing_style": "path"})


class _Bucket:
    """Stands for the S3 client."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self.error = error

    def put_object(self, **arguments: Any) -> None:
        self.calls.append(arguments)
        if self.error is not None:
            raise self.error


def test_an_answered_request_is_recorded_in_full(world: World) -> None:
    world.chat.answer = "Ask ann@corp.com."
    world.ask("Hello", conversation_id="33936dae-20a4-42bd-9de9-0ef16bcd8563")
    record = world.record
    assert record.pop("duration_ms") >= 0
    assert record == {
        "version": 1,
        "request_id": "invocation-1",
        "api_request_id": "api-request-1",
        "time": "2026-11-23T18:00:00.000+00:00",
        "user_id": "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f",
        "conversation_id": "33936dae-20a4-42bd-9de9-0ef16bcd8563",
        "outcome": "answered",
        "reason": None,
        "findings": [{"id": "pii.email", "risk": "LLM02", "view": "original", "start": 4, "end": 16}],
        "message_sha256": hashlib.sha256(b"Hello").hexdigest(),
        "message_chars": 5,
        "answer_sha256": hashlib.sha256(b"Ask ann@corp.com.").hexdigest(),
        "answer_chars": 17,
        "redactions": {"EMAIL": 1},
        "withheld": [],
        "usage": {"input_tokens": 40, "output_tokens": 10},
        "shown_chars": None,
    }


def test_the_object_lies_under_its_day_with_a_checksum(world: World) -> None:
    world.ask("Hello")
    (call,) = world.bucket.calls
    assert (call["Bucket"], call["Key"]) == ("audit-bucket", "audit/2026/11/23/invocation-1.json")
    assert (call["ContentType"], call["ChecksumAlgorithm"]) == ("application/json", "SHA256")


def test_two_requests_with_the_same_api_request_id_leave_two_records(world: World) -> None:
    """A client chooses the API's id by a header, and must not choose which record it writes."""
    replies = [world.ask(message) for message in ("Hello", "Hello again")]
    assert [reply.status for reply in replies] == [200, 200]
    assert world.bucket.keys == {f"audit/2026/11/23/{reply.body['request_id']}.json" for reply in replies}
    assert [record["api_request_id"] for record in world.bucket.records] == ["api-request-1"] * 2


def test_a_record_that_is_there_is_not_overlaid_and_no_answer_is_released(world: World) -> None:
    world.bucket.keys.add("audit/2026/11/23/invocation-1.json")
    response = world.ask("Hello")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert "Paris" not in json.dumps(response.body)
    assert '"AUDIT_UNAVAILABLE"' in world.printed


def test_s3_keeps_the_first_record(embedded_aws: str, build_client: Callable[..., Any]) -> None:
    client: S3Client = build_client("s3", endpoint_url=embedded_aws, config=PATH_STYLE)
    client.create_bucket(
        Bucket="audit-once", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    audit = Audit(client, "audit-once")
    audit.write(AuditRecord(request_id="r", time=TIME, outcome=Outcome.REFUSED))
    with pytest.raises(AuditUnavailableError):
        audit.write(AuditRecord(request_id="r", time=TIME, outcome=Outcome.ANSWERED))
    stored = client.get_object(Bucket="audit-once", Key="audit/2026/01/02/r.json")["Body"].read()
    assert json.loads(stored)["outcome"] == "refused"


@pytest.mark.parametrize("body", ['{"message":"Hello"}', '{"message":""}', "no json", None])
def test_every_outcome_has_a_record_with_every_key(world: World, body: str | None) -> None:
    world.send({"body": body, "requestContext": {"authorizer": {"claims": {"sub": "user-1"}}}})
    assert world.record.keys() == KEYS


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_no_stretch_of_message_or_answer_is_in_a_record(message: str, answer: str) -> None:
    engine, record = Engine(), AuditRecord(request_id="r", time=TIME)
    for kind, text, direction in (
        ("message", message, Direction.REQUEST),
        ("answer", answer, Direction.RESPONSE),
    ):
        record.note_text(kind, text)
        screened = engine.screen(text, direction=direction, canary="canary-qwzvkjxhpmtrbfyd")
        record.note_screening(screened.findings, screened.redactions)
    stored = json.dumps(record.as_json(), ensure_ascii=False)
    for text in (message, answer):
        assert not any(text[at : at + WINDOW] in stored for at in range(len(text) - WINDOW + 1))


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "PutObject"),
        EndpointConnectionError(endpoint_url="https://s3"),
        ConnectionResetError(),
    ],
)
def test_a_record_that_cannot_be_stored_is_told(error: Exception) -> None:
    audit = Audit(cast("S3Client", _Bucket(error)), "bucket")
    with pytest.raises(AuditUnavailableError):
        audit.write(AuditRecord(request_id="r", time=TIME))


def test_findings_are_capped_and_redactions_add_up() -> None:
    record = AuditRecord(request_id="r", time=TIME)
    findings = [Finding("pii.email", "LLM02", "original", at, at + 1) for at in range(80)]
    record.note_screening(findings, {"EMAIL": 80})
    record.note_screening(findings, {"EMAIL": 1, "CARD": 2})
    stored = record.as_json()
    assert len(stored["findings"]) == 50
    assert stored["redactions"] == {"EMAIL": 81, "CARD": 2}


def test_a_lone_surrogate_has_a_digest_too() -> None:
    record = AuditRecord(request_id="r", time=TIME)
    record.note_text("message", "\ud800")
    assert record.as_json()["message_chars"] == 1
