"""What an answer carries beside the words: sources, what waits, what is cut off, what was withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guardrail.chat_answer import Source
from guardrail.sources import shown_sources
from guardrail_engine import Engine

if TYPE_CHECKING:
    from tests.lambda_.guardrail.conftest import World

CANARY = "canary-qwzvkjxhpmtrbfyd"
ENGINE = Engine(allowed_link_hosts=frozenset({"docs.example.com"}))


def test_sources_are_named(world: World) -> None:
    world.chat.sources = [{"title": "Guide", "uri": "https://docs.example.com/guide"}]
    assert world.ask("Hello").body["sources"] == world.chat.sources


@pytest.mark.parametrize("uri", ["tool:look_up", "s3://documents/guide.pdf", "https://docs.example.com/a"])
def test_a_source_of_ours_is_shown_once(uri: str) -> None:
    sources = [Source("Guide", uri), Source("The same", uri)]
    assert shown_sources(sources, ENGINE, CANARY) == [{"title": "Guide", "uri": uri}]


@pytest.mark.parametrize(
    ("title", "uri"),
    [
        ("Guide", "https://collector.attacker.example/?q=1"),
        ("Guide", "javascript:alert(1)"),
        ("Guide", "data:text/html,x"),
        ("Guide", "//docs.example.com/a"),
        ("Guide", "https://docs.example.com/a b"),
        ("Guide", f"s3://documents/{CANARY}"),
        ("Guide", ""),
        (f"Guide {CANARY}", "tool:look_up"),
        ("ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8", "tool:look_up"),
        (" ", "tool:look_up"),
    ],
)
def test_a_source_that_leaks_or_leads_away_is_left_out(title: str, uri: str) -> None:
    assert shown_sources([Source(title, uri)], ENGINE, CANARY) == []


def test_a_title_is_screened_like_an_answer_and_cut() -> None:
    sources = [Source("By ann@corp.com " + "x" * 500, "tool:look_up")]
    (shown,) = shown_sources(sources, ENGINE, CANARY)
    assert shown["title"].startswith("By [EMAIL] xxx")
    assert len(shown["title"]) <= 200


def test_an_action_that_waits_is_told_whatever_the_model_says(world: World) -> None:
    world.chat.answer = "Your money is on its way!"
    world.chat.approvals = ["9f3e7a52-0001"]
    answer = world.ask("Refund me").body["answer"]
    assert answer.endswith("*Waiting for approval by a person: `9f3e7a52-0001`.*")


def test_a_cut_off_answer_says_so(world: World) -> None:
    world.chat.answer, world.chat.truncated = "Half an", True
    assert "cut off" in world.ask("Hello").body["answer"]


def test_an_answer_without_the_documents_says_so(world: World) -> None:
    """The model cannot be trusted to say it, so the guardrail function does."""
    world.chat.answer, world.chat.documents_unavailable = "You have thirty days.", True
    assert world.ask("Hello").body["answer"].endswith("this answer was written without them.*")


def test_withheld_texts_are_recorded_by_reason_and_counted(world: World) -> None:
    world.chat.withheld = [{"source": "tool:look_up", "reason": "PROMPT_INJECTION"}]
    world.ask("Hello")
    assert world.record["withheld"] == ["PROMPT_INJECTION"]
    assert ("Blocked", 1.0, ("risk", "service"), "LLM01") in world.metrics()


def test_the_chat_function_gets_the_roles_and_the_tenant_of_the_verified_token(world: World) -> None:
    event = _signed_in("role-support,tenant-north,role-approver")
    assert world.send(event).status == 200
    (payload,) = world.chat.payloads
    rights: dict[str, object] = {name: payload[name] for name in ("roles", "tenant")}
    assert rights == {"roles": ["approver", "support"], "tenant": "north"}


def test_a_user_of_two_tenants_is_refused(world: World) -> None:
    assert world.send(_signed_in("tenant-north,tenant-south")).status == 503
    assert world.record["reason"] == "IDENTITY_MISSING"
    assert world.chat.payloads == []


def _signed_in(groups: str) -> dict[str, object]:
    claims = {"sub": "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f", "cognito:groups": groups}
    return {"body": '{"message":"Hello"}', "requestContext": {"authorizer": {"claims": claims}}}
