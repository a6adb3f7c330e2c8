"""A step about responses passes only when the attacker is out, others are in, and the way back works."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from genai_defense.local import respond_stage, steps_respond
from genai_defense.local.respond_stage import Burst
from genai_defense.local.scenario import Scene, StepResult, play
from genai_defense.local.sign_in import DemoUser
from genai_defense.local.web import Reply

_ANSWERED = Reply(200, {}, json.dumps({"outcome": "answered"}))
_STOPPED = Reply(503, {}, json.dumps({"outcome": "unavailable", "reason": "KILL_SWITCH"}))
_BLOCKED = Reply(403, {}, json.dumps({"outcome": "blocked", "reason": "USER_BLOCKED"}))
_BY_THE_EDGE = Reply(403, {}, "<h1>403 ERROR</h1>")


@dataclass
class _World:
    """A deployment in the hands of the test; by itself, it keeps every promise."""

    out: set[str] = field(default_factory=set[str])
    addresses: list[str] = field(default_factory=list[str])
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    restored: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    thrown: str = "off"
    blocked_reply: Reply = _BLOCKED
    looking: Reply = _BLOCKED
    deleting: Reply = _BLOCKED
    asks_model: bool = False
    disables: bool = True
    files: bool = True
    heeds_events: bool = True
    restores: bool = True
    counts: tuple[str, ...] = ("attacks", "noticed")
    timeline: str = "| 2026 PROMPT_INJECTION\n| 2026 disable_user done\n| 2026 restore done\n"
    said: list[str] = field(default_factory=list[str])
    left: int = 0
    switches: str = "1"

    def answer(self, token: str) -> Reply:
        if self.thrown == "on":
            return _STOPPED
        if token in self.out:
            if self.asks_model:
                self.said.append("answer")
            return self.blocked_reply
        return _ANSWERED

    def put_event(self, detail_type: str, detail: dict[str, Any]) -> None:
        self.events.append((detail_type, detail))
        if not self.heeds_events:
            return
        users = {one["user_id"] for kind, one in self.events if kind == detail_type}
        if detail_type == "Attack Blocked" and len(users) == 3:
            self.addresses = [f"{detail['address']}/32"] * 2
        if detail_type == "Leak Stopped" and len(users) == 4 and self.switches != "0":
            self.thrown = "on"

    def give_back(self, kind: str, subject: str) -> None:
        self.restored.append((kind, subject))
        if not self.restores:
            return
        if kind == "user":
            self.out.discard(f"token of {subject}")
        elif kind == "address":
            self.addresses = []
        else:
            self.thrown = "off"

    def newcomer(self, name: str) -> tuple[DemoUser, str]:
        return _user(name), f"token of {name}"

    def access_token(self, user: DemoUser) -> str:
        return f"token of {user.sub}"

    def enabled(self, _name: str) -> bool:
        return not self.disables

    def findings(self) -> list[str]:
        due = ["throw_kill_switch limited"] if self.switches == "0" else []
        return ["trudy", *due] if self.files else []

    def blocked(self, network: str) -> int:
        return self.addresses.count(network)

    def settings_with(self, _name: str) -> dict[str, str]:
        return {"KILL_SWITCH_AFTER_USERS": "4", "SWITCHES_PER_DAY": self.switches}

    def switch(self) -> str:
        return self.thrown

    def standing(self, _user: str) -> str | None:
        return "slowed" if self.left else None

    def counted(self, _user: str) -> int:
        return self.left

    def bundle(self, _subject: str, folder: Path) -> Path:
        (folder / "timeline.md").write_text(self.timeline)
        (folder / "counts.json").write_text(json.dumps([{"counter": name} for name in self.counts]))
        return folder


class _Scene(Scene):
    """A scene whose API is the world."""

    @property
    def world(self) -> _World:
        return cast("_World", self.deployment)

    def chat(self, message: str, token: str | None = None) -> Reply:
        assert message == respond_stage.QUESTION
        return self.world.answer(token or self.token)

    def call(self, method: str, path: str, token: str | None, body: bytes | None = None) -> Reply:
        assert (method, path, body) in {("GET", "/api/conversations", None), ("DELETE", "/api/me/data", None)}
        assert token in self.world.out
        return self.world.looking if method == "GET" else self.world.deleting


def _user(name: str) -> DemoUser:
    return DemoUser(name=name, password="p", totp_secret="s", sub=name, scopeless_token="t")


_STAGE = (
    "newcomer", "enabled", "findings", "give_back", "bundle", "blocked", "settings_with", "switch",
    "put_event", "standing", "counted",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _stage(monkeypatch: pytest.MonkeyPatch) -> None:
    def attack(scene: _Scene, token: str) -> Burst:
        scene.world.out.add(token)
        return Burst(attacks=10, seconds=5, last=_BLOCKED)

    monkeypatch.setattr(respond_stage, "attack", attack)
    for name in _STAGE:
        monkeypatch.setattr(respond_stage, name, getattr(_World, name))
    monkeypatch.setattr(steps_respond, "access_token", _World.access_token)
    monkeypatch.setattr(steps_respond, "_MINUTE", 0.3)


def _result(words: str, world: _World) -> StepResult:
    (step,) = [one for one in (*steps_respond.STEPS, *steps_respond.LAST) if words in one.name]
    scene = _Scene(
        deployment=cast("Any", world),
        user=_user("demo"),
        token="token of demo",
        other=_user("other"),
        other_token="token of other",
        page_url="http://page/",
        web_acl=cast("Any", None),
        model=cast("Any", SimpleNamespace(said=world.said)),
    )
    (result,) = play([step], scene)
    return result


@pytest.mark.parametrize("words", ["burst", "restores", "Three accounts", "leak", "forgets"])
def test_every_step_passes_where_every_promise_is_kept(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_respond, "_MINUTE", 10.0)
    result = _result(words, _World())
    assert result.passed, result.got


@pytest.mark.parametrize(
    "broken",
    [
        {"blocked_reply": _ANSWERED},
        {"blocked_reply": _BY_THE_EDGE},
        {"looking": _ANSWERED},
        {"looking": Reply(403, {}, json.dumps({"outcome": "rejected"}))},
        {"deleting": Reply(204, {}, "")},
        {"asks_model": True},
        {"disables": False},
        {"thrown": "on"},
    ],
)
def test_a_burst_fails_when_the_attacker_still_gets_anything_or_others_get_nothing(
    broken: dict[str, Any],
) -> None:
    assert not _result("burst", _World(**broken)).passed


def test_a_burst_that_took_longer_than_a_minute_fails() -> None:
    # The minute is 0.3 s here, and the burst took 5.
    assert not _result("burst", _World()).passed


@pytest.mark.parametrize(
    "broken",
    [
        {"restores": False},
        {"files": False},
        {"counts": ()},
        {"counts": ("attacks",)},
        {"timeline": "| 2026 PROMPT_INJECTION\n| 2026 disable_user done\n"},
    ],
)
def test_the_way_back_fails_without_access_finding_or_whole_evidence(broken: dict[str, Any]) -> None:
    assert not _result("restores", _World(**broken)).passed


@pytest.mark.parametrize("broken", [{"heeds_events": False}, {"restores": False}])
def test_an_address_that_is_not_blocked_or_stays_blocked_fails(broken: dict[str, Any]) -> None:
    assert not _result("Three accounts", _World(**broken)).passed


@pytest.mark.parametrize("broken", [{"heeds_events": False}, {"restores": False}])
def test_a_switch_that_is_not_thrown_or_stays_on_fails(broken: dict[str, Any]) -> None:
    assert not _result("leak", _World(**broken)).passed


def test_whatever_comes_of_the_switch_it_is_given_back() -> None:
    world = _World(heeds_events=False)
    _result("leak", world)
    assert world.restored == [("service", "")]
    details = [detail for kind, detail in world.events if kind == "Leak Stopped"]
    assert {one["reason"] for one in details} == {"CANARY_LEAK"}
    for name in ("user_id", "address", "tenant"):
        assert len({one[name] for one in details}) == 4


def test_where_no_machine_may_throw_the_switch_people_must_have_been_told() -> None:
    assert _result("leak", _World(switches="0")).passed
    assert not _result("leak", _World(switches="0", files=False)).passed


def test_the_demos_own_users_are_restored_and_nothing_stays_counted() -> None:
    world = _World()
    assert _result("forgets", world).passed
    assert world.restored == [("user", "demo"), ("user", "other")]
    assert not _result("forgets", _World(left=1)).passed


def test_a_game_day_is_the_burst_the_way_back_and_the_switch(tmp_path: Path) -> None:
    names = [step.name for step in steps_respond.incident(tmp_path)]
    assert names == [steps_respond.STEPS[place].name for place in (0, 1, 3)]
