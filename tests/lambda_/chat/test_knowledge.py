"""Retrieval shows what the user's tenant may read and what is published right now, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chat.completion import Source
from chat.knowledge import MAX_PASSAGES, MAX_RESULTS, PASSAGE_CHARS, QUERY_CHARS, KnowledgeBase
from chat.register import Register
from chat.retriever import Found, Passage
from chat.turn import Turn
from function_environment.limits import PASSAGE_BYTES, text_bytes
from tests.lambda_.chat.conftest import PAYLOAD
from tests.lambda_.chat.knowledge import BUCKET, World, result, row, sha_of

if TYPE_CHECKING:
    from collections.abc import Callable

THROTTLED = ClientError({"Error": {"Code": "ThrottlingException"}}, "Retrieve")


def _turn(tenant: str | None = "north", message: str = "How long is the warranty?") -> Turn:
    return Turn.from_payload({**PAYLOAD, "tenant": tenant, "message": message})


def _texts(found: Found) -> list[str]:
    return [passage.text for passage in found.passages]


def test_a_published_passage_comes_with_title_and_address_of_the_register() -> None:
    world = World(results=[result("north", "guide")], rows=[row("north", "guide")])
    assert world.knowledge_base().find(_turn()) == Found(
        [Passage("guide of north", Source("guide", f"s3://{BUCKET}/originals/north/{sha_of('guide')}/guide"))]
    )
    assert world.counted == {}


def test_store_and_register_are_asked_as_their_service_models_say(
    stubbed: Callable[[str], Any],
) -> None:
    client, store = stubbed("bedrock-agent-runtime")
    store.add_response(
        "retrieve",
        {"retrievalResults": [result("shared", "terms")]},
        {
            "knowledgeBaseId": "KB12345678",
            "retrievalQuery": {"text": "How long is the warranty?"},
            "retrievalConfiguration": {
                "vectorSearchConfiguration": {
                    "numberOfResults": MAX_RESULTS,
                    "filter": {"in": {"key": "tenant", "value": ["north", "shared"]}},
                }
            },
        },
    )
    table, register = stubbed("dynamodb")
    register.add_response("batch_get_item", {"Responses": {"documents": [row("shared", "terms")]}})
    found = KnowledgeBase(
        client=client,
        knowledge_base_id="KB12345678",
        register=Register(table, "documents"),
        count=World().count,
    ).find(_turn())
    assert (_texts(found), found.complete) == (["terms of shared"], True)


@pytest.mark.parametrize(
    ("tenant", "readable"),
    [("north", ["north", "shared"]), ("shared", ["shared"]), (None, ["shared"])],
)
def test_the_filter_is_the_callers_tenant_and_what_is_shared(tenant: str | None, readable: list[str]) -> None:
    world = World()
    world.knowledge_base().find(_turn(tenant))
    (question,) = world.questions
    search = question["retrievalConfiguration"]["vectorSearchConfiguration"]
    assert search["filter"] == {"in": {"key": "tenant", "value": readable}}


@pytest.mark.parametrize(
    ("tenant", "seen"),
    [
        ("north", ["a of north", "c of shared"]),
        ("south", ["b of south", "c of shared"]),
        (None, ["c of shared"]),
        ("nort", ["c of shared"]),
    ],
)
def test_a_store_that_ignores_the_filter_shows_no_tenant_anothers_passages(
    tenant: str | None, seen: list[str]
) -> None:
    documents = [("north", "a"), ("south", "b"), ("shared", "c")]
    world = World(results=[result(*one) for one in documents], rows=[row(*one) for one in documents])
    assert _texts(world.knowledge_base().find(_turn(tenant))) == seen
    assert world.counted == {"PassagesRefused": 3 - len(seen)}


@pytest.mark.parametrize("status", ["scanning", "quarantined", "withdrawn", "PUBLISHED", ""])
def test_what_is_not_published_is_not_shown(status: str) -> None:
    world = World(results=[result("north", "guide")], rows=[row("north", "guide", status)])
    found = world.knowledge_base().find(_turn())
    assert (found, world.counted) == (Found([]), {"PassagesRefused": 1})


def test_what_the_register_does_not_know_is_not_shown() -> None:
    world = World(results=[result("north", "guide")], rows=[row("north", "another")])
    assert world.knowledge_base().find(_turn()) == Found([])


def _without(entry: dict[str, Any], *path: str) -> dict[str, Any]:
    if len(path) == 1:
        return {key: value for key, value in entry.items() if key != path[0]}
    return entry | {path[0]: _without(entry[path[0]], *path[1:])}


GOOD = result("north", "guide")
AT = {"location": {"type": "S3", "s3Location": {"uri": "s3://trusted-documents/passages/"}}}


@pytest.mark.parametrize(
    "wrong",
    [
        result("north", "guide", metadata={"tenant": "south"}),
        result("south", "guide", metadata={"tenant": "north"}),
        result("north", "guide", metadata={"tenant": ["north"]}),
        result("north", "guide", metadata={"tenant": None}),
        result("north", "guide", metadata={"sha256": sha_of("another")}),
        result("north", "guide", metadata={"sha256": 7}),
        GOOD | {"content": {"text": 7}},
        _without(GOOD, "metadata"),
        _without(GOOD, "metadata", "tenant"),
        _without(GOOD, "metadata", "sha256"),
        _without(GOOD, "content", "text"),
        _without(GOOD, "location"),
        GOOD | {"location": {"type": "WEB", "webLocation": {"url": "https://x"}}},
        GOOD | {"location": {"s3Location": {"uri": f"s3://trusted/originals/north/{sha_of('guide')}.txt"}}},
        GOOD | {"location": {"s3Location": {"uri": f"s3://trusted/passages/north/../{sha_of('guide')}.txt"}}},
        GOOD | AT,
        "text",
        None,
    ],
)
def test_metadata_that_does_not_name_its_own_document_is_not_shown(wrong: Any) -> None:
    rows = [row("north", "guide"), row("south", "guide"), row("north", "another")]
    world = World(results=[wrong, result("north", "another")], rows=rows)
    assert _texts(world.knowledge_base().find(_turn())) == ["another of north"]
    assert world.counted == {"PassagesRefused": 1}


@pytest.mark.parametrize(
    "changes", [{"tenant": "south"}, {"sha256": sha_of("x")}, {"title": ""}, {"uri": ""}]
)
def test_a_row_that_says_something_else_than_its_key_publishes_nothing(changes: dict[str, str]) -> None:
    world = World(results=[result("north", "guide")], rows=[row("north", "guide", changes=changes)])
    assert world.knowledge_base().find(_turn()) == Found([])


def test_each_document_is_looked_up_once_and_with_a_consistent_read() -> None:
    results = [result("north", "guide", "one"), result("north", "guide", "two")]
    world = World(results=results, rows=[row("north", "guide")])
    assert _texts(world.knowledge_base().find(_turn())) == ["one", "two"]
    (asked,) = world.looked_up
    keys = [key["document"]["S"] for key in asked["Keys"]]
    assert sorted(keys) == sorted({f"north#{sha_of('guide')}", f"*#{sha_of('guide')}"})
    assert asked["ConsistentRead"] is True


def test_a_key_that_the_register_left_is_asked_for_again() -> None:
    documents = [("north", "a"), ("north", "b")]
    world = World([result(*one) for one in documents], [row(*one) for one in documents], unprocessed=1)
    found = world.knowledge_base().find(_turn())
    assert (_texts(found), found.complete) == (["a of north", "b of north"], True)


def test_a_key_that_the_register_leaves_for_good_is_not_shown_and_that_is_told() -> None:
    documents = [("north", "a"), ("north", "b")]
    world = World([result(*one) for one in documents], [row(*one) for one in documents], unprocessed=9)
    found = world.knowledge_base().find(_turn())
    assert (len(found.passages), found.complete) == (1, False)
    assert world.counted == {"PassagesRefused": 1, "RetrievalUnavailable": 1}
    assert len(world.looked_up) == 2


def test_what_is_withdrawn_for_every_tenant_is_not_shown_whatever_its_own_row_says() -> None:
    """The withdrawal writes this row first, and a crash may leave the others for later."""
    everywhere = row("*", "guide", "withdrawn")
    world = World([result("north", "guide")], [row("north", "guide"), everywhere])
    assert world.knowledge_base().find(_turn()) == Found([])


@pytest.mark.parametrize("left", range(4))
def test_a_document_is_shown_only_when_both_of_its_rows_were_told_about(left: int) -> None:
    documents = [("north", "a"), ("north", "b")]
    world = World([result(*one) for one in documents], [row(*one) for one in documents])
    world.left_for_good = sorted(f"{tenant}#{sha_of(name)}" for name in "ab" for tenant in ("north", "*"))[
        left
    ]
    found = world.knowledge_base().find(_turn())
    assert (len(found.passages), found.complete) == (1, False)


@pytest.mark.parametrize("which", ["error", "register_error"])
@pytest.mark.parametrize(
    "error", [THROTTLED, ReadTimeoutError(endpoint_url="https://aws"), OSError(), KeyError()]
)
def test_what_does_not_answer_shows_nothing_and_is_counted(which: str, error: Exception) -> None:
    world = World(results=[result("north", "guide")], rows=[row("north", "guide")])
    setattr(world, which, error)
    assert world.knowledge_base().find(_turn()) == Found(complete=False)
    assert world.counted == {"RetrievalUnavailable": 1}


def test_without_results_the_register_is_not_asked() -> None:
    world = World()
    assert world.knowledge_base().find(_turn()) == Found([])
    assert world.looked_up == []


def test_number_and_length_are_bounded() -> None:
    results = [result("north", "guide", f"{number:02}{'語' * 5000}") for number in range(50)]
    short = [result("north", "guide", f"{number:02}") for number in range(50)]
    for given in (results, short):
        world = World(results=given, rows=[row("north", "guide")])
        texts = _texts(world.knowledge_base().find(_turn()))
        assert 0 < len(texts) <= MAX_PASSAGES
        assert max(map(len, texts)) <= PASSAGE_CHARS
        assert sum(map(text_bytes, texts)) <= PASSAGE_BYTES


def test_a_long_question_is_cut() -> None:
    world = World()
    world.knowledge_base().find(_turn(message="x" * 16_000))
    assert world.questions[0]["retrievalQuery"] == {"text": "x" * QUERY_CHARS}


def test_an_address_is_shown_without_blanks_and_other_letters() -> None:
    uri = f"s3://{BUCKET}/originals/north/{sha_of('guide')}/Über uns.pdf"
    world = World(results=[result("north", "guide")], rows=[row("north", "guide", changes={"uri": uri})])
    (passage,) = world.knowledge_base().find(_turn()).passages
    assert passage.source.uri.endswith("/%C3%9Cber%20uns.pdf")
