"""A step about the web ACLs passes only when the web ACL itself stopped the request."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from genai_defense.local import steps_filter
from genai_defense.local.scenario import Scene, play
from genai_defense.local.sign_in import DemoUser
from genai_defense.local.web import Reply

_Answers = Callable[[str, bytes, dict[str, str]], Reply]
_ANSWERED = Reply(200, {}, json.dumps({"outcome": "answered"}))
_BY_THE_API = Reply(403, {}, json.dumps({"outcome": "rejected"}))
_BY_THE_EDGE = Reply(403, {}, "<h1>403 ERROR</h1><p>request blocked.</p>")
_BY_A_FUNCTION = Reply(403, {}, json.dumps({"outcome": "refused"}))


def _always(reply: Reply) -> _Answers:
    return lambda _url, _body, _headers: reply


@dataclass
class _Sets:
    """A web ACL at the edge with one set of addresses."""

    held: list[str] = field(default_factory=list[str])
    ip_sets: tuple[str, ...] = ("BlockedIpv4", "BlockedIpv6")

    def addresses(self, _name: str) -> list[str]:
        return self.held

    def fill(self, _name: str, addresses: list[str]) -> None:
        self.held = addresses


class _Scene(Scene):
    """A scene in which a function answers."""

    def post_to(self, url: str, body: bytes, token: str | None, **headers: str) -> Reply:
        answers = cast("Any", self.deployment).answers
        reply: Reply = answers(url, body, {**headers, "token": token or ""})
        return reply


def _play(words: str, answers: _Answers, sets: _Sets | None = None, model: object = None) -> bool:
    step = next(step for step in steps_filter.STEPS if words in step.name)
    deployment = SimpleNamespace(answers=answers, stage_url="http://api")
    user = DemoUser(name="demo", password="p", totp_secret="s", sub="sub-1", scopeless_token="t")
    scene = _Scene(
        deployment=cast("Any", deployment),
        user=user,
        token="token",
        other=user,
        other_token="other",
        page_url="http://page/",
        web_acl=cast("Any", sets),
        model=cast("Any", model),
    )
    return next(play([step], scene)).passed


@pytest.mark.parametrize("words", ["without passing", "invented proof"])
def test_who_goes_around_the_distribution_must_be_stopped_by_the_apis_web_acl(words: str) -> None:
    for reply, passes in ((_BY_THE_API, True), (_ANSWERED, False), (_BY_A_FUNCTION, False)):
        assert _play(words, _always(reply)) is passes


def test_the_invented_proof_is_sent_to_the_api_itself() -> None:
    sent: list[tuple[str, str]] = []

    def answers(url: str, _body: bytes, headers: dict[str, str]) -> Reply:
        sent.append((url, headers.get("x_origin_verify", "")))
        return _BY_THE_API

    assert _play("invented proof", answers)
    assert sent == [("http://api/api/chat", "let me in")]


def test_a_large_body_must_be_stopped_at_the_edge() -> None:
    assert _play("60 KB", lambda _url, body, _headers: _BY_THE_EDGE if len(body) > 60_000 else _ANSWERED)
    assert not _play("60 KB", _always(_ANSWERED))
    assert not _play("60 KB", _always(_BY_THE_API))


def test_a_refusal_after_the_model_was_asked_is_none() -> None:
    model = SimpleNamespace(said=list[str]())

    def answers(*_: object) -> Reply:
        model.said.append("leaked")
        return _BY_THE_EDGE

    assert not _play("60 KB", answers, model=model)


def test_a_blocked_address_comes_in_again_and_the_set_is_as_it_was() -> None:
    sets = _Sets(held=["198.51.100.0/24"])

    def answers(*_: object) -> Reply:
        return _BY_THE_EDGE if "127.0.0.1/32" in sets.held else _ANSWERED

    assert _play("responder", answers, sets)
    assert sets.held == ["198.51.100.0/24"]
    assert not _play("responder", _always(_ANSWERED), _Sets())
    assert not _play("responder", _always(_BY_THE_EDGE), _Sets())


@pytest.mark.parametrize(("limit", "passes"), [(300, True), (299, False), (1000, False)])
def test_a_flood_must_end_exactly_at_the_limit(
    monkeypatch: pytest.MonkeyPatch, limit: int, *, passes: bool
) -> None:
    origin = SimpleNamespace(headers={"x-origin-verify": "proof"})

    def read(_deployment: object) -> object:
        return SimpleNamespace(behavior=dict.fromkeys(["/api/chat"], SimpleNamespace(origin=origin)).get)

    monkeypatch.setattr(steps_filter, "read_distribution", read)
    counted: list[str] = []

    def answers(_url: str, _body: bytes, headers: dict[str, str]) -> Reply:
        counted.append(headers["x-origin-verify"])
        return _BY_THE_API if len(counted) > limit else Reply(401, {}, "{}")

    assert _play("Flood", answers) is passes
    assert set(counted) == {"proof"}
