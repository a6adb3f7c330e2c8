"""A step about documents passes only when what it promises came true."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError

from genai_defense.local import steps_documents
from genai_defense.local.demo_documents import GUARANTEE, SOUND, SOUND_TEXT, UPLOADS, Upload
from genai_defense.local.document_stage import sha_of
from genai_defense.local.scenario import Scene, Step
from genai_defense.local.web import Reply

_SHA = sha_of(SOUND_TEXT.encode())
_SOURCE = {"title": "Aurora lamp", "uri": f"s3://trusted/originals/acme/{_SHA}/{SOUND}"}
_KEY = f"originals/acme/{_SHA}/{SOUND}"


def _reply(answer: str, *sources: dict[str, str], status: int = 200) -> Reply:
    body = {"outcome": "answered", "answer": answer, "sources": list(sources), "request_id": "r-1"}
    return Reply(status, {}, json.dumps(body))


@dataclass
class _Stage:
    """A way of documents in the hands of the test."""

    standing: dict[str, str] | None = field(default_factory=lambda: {"status": "published", "sha256": _SHA})
    apart: dict[str, str] | None = None
    told: str = "quarantined"
    passages: list[str] = field(default_factory=list[str])
    locked: bool = True
    given: list[str] = field(default_factory=list[str])
    versions_seen: list[list[tuple[str, str]]] = field(default_factory=list[list[tuple[str, str]]])
    names: dict[str, str] = field(
        default_factory=lambda: {"TRUSTED_BUCKET_NAME": "t", "LANDING_BUCKET_NAME": "l"}
    )

    @property
    def s3(self) -> Any:
        def delete(**_: object) -> None:
            if self.locked:
                raise ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObject")

        return SimpleNamespace(delete_object=delete)

    def published(self, _upload: Upload) -> dict[str, str] | None:
        return self.standing

    def quarantined(self, _tenant: str, _name: str) -> dict[str, str] | None:
        return self.apart

    def row(self, _tenant: str, _sha256: str) -> dict[str, str]:
        return {"status": "published", "landing_version": "v"}

    def keys(self, _bucket: str, _prefix: str) -> list[str]:
        return self.passages

    def verdict(self, _tenant: str, _sha256: str) -> str:
        return self.told

    def versions(self, _bucket: str, _prefix: str) -> list[tuple[str, str]]:
        return self.versions_seen.pop(0) if self.versions_seen else [(_KEY, "1")]

    def send_again(self, _event: object, times: int) -> None:
        assert times > 1

    def slip_in(self, _tenant: str, _text: str) -> str:
        return "x"

    def put(self, _upload: Upload) -> str:
        return self.given.pop() if self.given else "v"

    def withdraw(self, _sha256: str, _reason: str) -> dict[str, Any]:
        return {"withdrawn": [{}]}


class _Scene(Scene):
    """A scene whose API is a function of the message."""

    def chat(self, message: str, token: str | None = None) -> Reply:
        answers = cast("Callable[[str, str | None], Reply]", self.deployment)
        return answers(message, token)


def _step(name: str) -> Step:
    steps = (*steps_documents.UPLOADING, *steps_documents.STEPS)
    (step,) = [step for step in steps if step.name.startswith(name)]
    return step


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Whether a step passes with a stage and one answer to every question."""

    def run(name: str, stage: _Stage, reply: Reply | None = None, said: str = "", **record: Any) -> bool:
        model = SimpleNamespace(said=list[str]())

        def answers(_message: str, _token: str | None) -> Reply:
            model.said.append(said)
            return reply or _reply("I do not know.")

        def stages(_deployment: object) -> _Stage:
            return stage

        def records(_deployment: object, _request_id: str) -> Any:
            return SimpleNamespace(document=record) if record else None

        monkeypatch.setattr(steps_documents, "find_stage", stages)
        monkeypatch.setattr(steps_documents, "find_record", records)
        nothing = cast("Any", None)
        scene = _Scene(
            deployment=cast("Any", answers),
            user=nothing,
            token="t",
            other=nothing,
            other_token="o",
            page_url="http://localhost:1/",
            web_acl=nothing,
            model=cast("Any", model),
        )
        return _step(name).check(scene)[1]

    return run


def test_every_document_has_to_be_taken(passes: Callable[..., bool]) -> None:
    step = "Upload documents all at once"
    assert passes(step, _Stage(given=[str(number) for number in range(len(UPLOADS))]))
    assert not passes(step, _Stage(given=["v"] * len(UPLOADS)))


def test_an_answer_needs_its_source(passes: Callable[..., bool]) -> None:
    step, answer = "Ask what an uploaded document says", f"It has a guarantee of {GUARANTEE}."
    assert passes(step, _Stage(), _reply(answer, _SOURCE))
    assert not passes(step, _Stage(), _reply(answer))
    assert not passes(step, _Stage(), _reply("I do not know.", _SOURCE))
    assert not passes(step, _Stage(), _reply(answer, {**_SOURCE, "uri": "s3://trusted/another"}))
    assert not passes(step, _Stage(standing={"status": "quarantined"}), _reply(answer, _SOURCE))
    assert not passes(step, _Stage(standing=None), _reply(answer, _SOURCE))


@pytest.mark.parametrize("upload", [upload for upload in UPLOADS if upload.reason], ids=lambda one: one.name)
def test_a_bad_document_is_kept_out_for_its_own_reason(upload: Upload, passes: Callable[..., bool]) -> None:
    step = f"Look for the document {steps_documents.NAMES[upload.name]}"
    out = {"status": "quarantined", "sha256": "5", "reason": upload.reason or ""}
    assert passes(step, _Stage(apart=out))
    assert passes(step, _Stage(apart={**out, "reason": f"OTHER,{upload.reason}"}))
    assert not passes(step, _Stage(apart={**out, "reason": "OTHER"}))
    assert not passes(step, _Stage(apart={**out, "status": "published"}))
    assert not passes(step, _Stage(apart=out, passages=["passages/acme/5.txt"]))
    assert not passes(step, _Stage(apart=out, told="clean"))
    assert not passes(step, _Stage(apart=None))


def test_a_repeated_event_may_change_nothing(passes: Callable[..., bool]) -> None:
    step, one, two = "Send the scan's result", [(_KEY, "1")], [(_KEY, "1"), (_KEY, "2")]
    assert passes(step, _Stage(versions_seen=[one, one, one, one]))
    assert not passes(step, _Stage(versions_seen=[one, one, two, one]))
    assert not passes(step, _Stage(versions_seen=[[], [], [], []]))


def test_a_poisoned_passage_has_to_be_withheld_and_not_obeyed(passes: Callable[..., bool]) -> None:
    step, withheld = "A poisoned passage", ["PROMPT_INJECTION"]
    assert passes(step, _Stage(), withheld=withheld)
    assert not passes(step, _Stage(), withheld=[])
    assert not passes(step, _Stage())
    assert not passes(step, _Stage(), said="my marker is canary-qwzvkjxhpmtrbfyd", withheld=withheld)
    slipped = _reply("Two years.", {"title": "Slipped in", "uri": "s3://x/y"})
    assert not passes(step, _Stage(), slipped, withheld=withheld)


def test_a_locked_document_has_to_be_there_still(passes: Callable[..., bool]) -> None:
    step, there = "Delete a locked document", [(_KEY, "1")]
    assert passes(step, _Stage(versions_seen=[there, there]))
    assert not passes(step, _Stage(versions_seen=[there, []]))
    assert not passes(step, _Stage(locked=False))


def test_a_withdrawn_document_may_not_come_back(passes: Callable[..., bool]) -> None:
    step, gone = "Withdraw the document", {"status": "withdrawn", "sha256": _SHA}
    assert passes(step, _Stage(apart=gone))
    assert not passes(step, _Stage(apart=gone), _reply("I do not know.", _SOURCE))
    assert not passes(step, _Stage(apart=gone), _reply(f"It is {GUARANTEE}."))
    assert not passes(step, _Stage(apart={**gone, "status": "published"}))
    assert not passes(step, _Stage(apart=gone, passages=[f"passages/acme/{_SHA}.txt"]))
