"""The steps of the page pass on a strict page and fail on a lax one."""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from genai_defense.local import steps_page
from genai_defense.local.scenario import Scene, play
from genai_defense.local.web import Reply

_POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'"
_STRICT = {
    "content-type": "text/html",
    "content-security-policy": _POLICY,
    "strict-transport-security": "max-age=63072000",
}
_SCRIPT = {"content-type": "text/javascript; charset=utf-8", "x-content-type-options": "nosniff"}
_ANSWERED = json.dumps({"outcome": "answered", "answer": "Yes."})
_CORS = {"access-control-allow-origin": "*"}


def _passes(words: str, reply: Reply, monkeypatch: pytest.MonkeyPatch) -> bool:
    def send(_url: str, **_: object) -> Reply:
        return reply

    monkeypatch.setattr(steps_page, "send", send)
    scene = cast("Scene", SimpleNamespace(page_url="http://localhost:1/", token="t"))
    step = next(step for step in steps_page.STEPS if words in step.name)
    return next(play([step], scene)).passed


@pytest.mark.parametrize(
    ("words", "status", "headers", "body"),
    [
        ("Open", 200, _STRICT, ""),
        ("scripts", 200, _SCRIPT, ""),
        ("Ask on", 200, {}, _ANSWERED),
        ("another site", 204, {}, ""),
    ],
)
def test_a_sound_page_passes_and_cors_fails(
    words: str, status: int, headers: Mapping[str, str], body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _passes(words, Reply(status, headers, body), monkeypatch)
    if words != "scripts":
        assert not _passes(words, Reply(status, {**headers, **_CORS}, body), monkeypatch)


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("Open", Reply(403, _STRICT, "")),
        ("Open", Reply(200, {**_STRICT, "content-type": "application/octet-stream"}, "")),
        ("Open", Reply(200, {**_STRICT, "strict-transport-security": ""}, "")),
        ("Open", Reply(200, {**_STRICT, "content-security-policy": "script-src 'self'"}, "")),
        (
            "Open",
            Reply(
                200,
                {
                    **_STRICT,
                    "content-security-policy": f"{_STRICT['content-security-policy']} 'unsafe-inline'",
                },
                "",
            ),
        ),
        ("scripts", Reply(200, {**_SCRIPT, "content-type": "text/html"}, "")),
        ("scripts", Reply(200, {**_SCRIPT, "x-content-type-options": ""}, "")),
        ("scripts", Reply(403, _SCRIPT, "")),
        ("Ask on", Reply(422, {}, '{"outcome": "refused"}')),
    ],
)
def test_a_lax_page_fails(words: str, reply: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _passes(words, reply, monkeypatch)
