"""A document is taken back by its digest: out of sight first, for good, as often as one asks."""

from __future__ import annotations

from typing import Any

import pytest

from document_records import DocumentId, Status
from ingestion.event import THREATS
from ingestion.flow import Outcome
from tests.lambda_.ingestion.world import World, document_of
from withdrawal import handler as entry
from withdrawal.flow import Request, RequestError

TEXT = b"Refunds are paid within fourteen days of the return."
SHA256 = document_of("acme", TEXT).sha256


def _world() -> World:
    world = World()
    for tenant in ("acme", "globex"):
        world.ingestion().run(world.upload(f"{tenant}/refunds.txt", TEXT))
    world.log.clear()
    return world


def test_it_is_withdrawn_for_every_tenant() -> None:
    world = _world()
    answer = world.withdrawal().run(Request(SHA256, "poisoned"))
    assert answer["known"]
    assert [(found["tenant"], found["status_before"]) for found in answer["withdrawn"]] == [
        ("acme", "published"),
        ("globex", "published"),
    ]
    assert (world.visible(), world.indexed, world.passages) == (set(), {}, {})
    assert len(world.originals) == 2, "locked versions stay"
    assert world.hidden == {row.uri for row in world.rows.values() if row.uri}
    assert {row.reason for row in world.rows.values()} == {"poisoned"}


def test_it_is_withdrawn_for_one_tenant() -> None:
    world = _world()
    answer = world.withdrawal().run(Request(SHA256, "asked for", "acme"))
    assert [found["tenant"] for found in answer["withdrawn"]] == ["acme"]
    assert world.visible() == {DocumentId("globex", SHA256)}


def test_sight_comes_first() -> None:
    """A withdrawal that stops half-way has hidden everything from the chat already."""
    world = _world()
    world.withdrawal().run(Request(SHA256, "poisoned"))
    assert world.log == [
        *("of_hash", "withdraw", "of_hash", "withdraw", "withdraw"),
        *("let_go", "hide", "let_go", "hide"),
    ]


def test_the_second_time_changes_nothing_and_says_so() -> None:
    world = _world()
    world.withdrawal().run(Request(SHA256, "poisoned"))
    before = world.state()
    answer = world.withdrawal().run(Request(SHA256, "again"))
    assert world.state() == before
    assert {found["status_before"] for found in answer["withdrawn"]} == {"withdrawn"}


@pytest.mark.parametrize("tenant", [None, "acme"])
def test_an_unknown_digest_is_an_answer_and_barred(tenant: str | None) -> None:
    world = World()
    answer = world.withdrawal().run(Request(SHA256, "known to be bad", tenant))
    assert (answer["known"], answer["withdrawn"]) == (False, [])
    world.ingestion().run(world.upload("acme/refunds.txt", TEXT))
    assert world.visible() == set()


def test_a_quarantined_one_is_withdrawn_as_well() -> None:
    world = World()
    world.ingestion().run(world.upload("acme/refunds.pdf", TEXT))
    world.withdrawal().run(Request(SHA256, "poisoned"))
    world.ingestion().run(world.upload("acme/refunds.txt", TEXT, "v2"))
    assert world.rows[DocumentId("acme", SHA256)].status is Status.WITHDRAWN
    assert world.visible() == set()


def test_a_quarantined_document_is_judged_anew_after_its_release() -> None:
    """Released, nothing is visible: the next upload is judged like the first one."""
    world = World()
    document = document_of("acme", TEXT)
    world.ingestion().run(world.upload("acme/refunds.txt", TEXT))
    world.manifests[document.manifest("v2")] = {"verdict": "quarantined"}
    world.ingestion().run(world.upload("acme/refunds.txt", TEXT, "v2"))
    assert world.ingestion().run(world.upload("acme/refunds.txt", TEXT, "v3")) is Outcome.QUARANTINED
    answer = world.withdrawal().release(Request(SHA256, "looked at it", "acme", release=True))
    assert [found["status_before"] for found in answer["released"]] == ["quarantined"]
    assert world.visible() == set()
    assert world.ingestion().run(world.upload("acme/refunds.txt", TEXT, "v4")) is Outcome.PUBLISHED
    assert world.visible() == {document}


def test_what_is_not_quarantined_is_not_released() -> None:
    world = _world()
    world.withdrawal().run(Request(SHA256, "poisoned", "acme"))
    before = world.state()
    assert world.withdrawal().release(Request(SHA256, "please"))["released"] == []
    assert world.state() == before


def test_malware_is_not_released() -> None:
    world = World()
    world.ingestion().run(world.upload("acme/a.txt", TEXT, scan=THREATS, tag=THREATS))
    assert world.withdrawal().release(Request(SHA256, "it is none")) == {
        "sha256": SHA256,
        "known": True,
        "released": [],
    }


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"sha256": "a" * 63, "reason": "x"},
        {"sha256": "*", "reason": "x"},
        {"sha256": 5, "reason": "x"},
        {"sha256": SHA256},
        {"sha256": SHA256, "reason": "  "},
        {"sha256": SHA256, "reason": "x" * 201},
        {"sha256": SHA256, "reason": "x", "tenant": "*"},
        {"sha256": SHA256, "reason": "x", "tenant": "Acme"},
        {"sha256": SHA256, "reason": "x", "tenant": ""},
        {"sha256": SHA256, "reason": "x", "release": "true"},
    ],
)
def test_a_request_that_is_not_allowed_does_nothing(event: dict[str, Any]) -> None:
    with pytest.raises(RequestError):
        Request.from_event(event)
    assert entry.handler(event, _context())["error"]


def test_a_digest_may_be_written_in_capitals() -> None:
    assert Request.from_event({"sha256": SHA256.upper(), "reason": " x "}) == Request(SHA256, "x")


def test_the_handler_withdraws(monkeypatch: pytest.MonkeyPatch) -> None:
    world = _world()
    monkeypatch.setattr(entry, "withdrawal", world.withdrawal)
    answer = entry.handler({"sha256": SHA256, "reason": "poisoned"}, _context())
    assert len(answer["withdrawn"]) == 2
    assert world.visible() == set()


def test_the_handler_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.ingestion().run(world.upload("acme/refunds.pdf", TEXT))
    monkeypatch.setattr(entry, "withdrawal", world.withdrawal)
    answer = entry.handler({"sha256": SHA256, "reason": "looked at it", "release": True}, _context())
    assert len(answer["released"]) == 1
    assert world.rows[document_of("acme", TEXT)].status is Status.SCANNING


def test_the_function_needs_its_whole_environment(aws_environment: pytest.MonkeyPatch) -> None:
    for name in ("TRUSTED_BUCKET_NAME", "DOCUMENT_TABLE_NAME", "KNOWLEDGE_BASE_ID"):
        aws_environment.setenv(name, "x")
    entry.withdrawal.cache_clear()
    with pytest.raises(ValueError, match="DATA_SOURCE_ID is not set"):
        entry.withdrawal()
    aws_environment.setenv("DATA_SOURCE_ID", "x")
    assert entry.withdrawal() is entry.withdrawal()
    entry.withdrawal.cache_clear()


def _context() -> Any:
    class Context:
        aws_request_id = "request-1"
        function_name = "under-test"
        memory_limit_in_mb = 128
        invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:under-test"

    return Context()
