"""A step passes only when what it promises came true."""

import base64
import json
from collections.abc import Callable
from typing import Any, cast

import pytest

from genai_defense.local import audit, steps_answer, steps_identity, steps_request, steps_stream
from genai_defense.local.audit import AuditRecord
from genai_defense.local.deployment import Deployment
from genai_defense.local.emulator import Emulator
from genai_defense.local.model import PLANTED_EMAIL, PLANTED_HOST, StandInModel
from genai_defense.local.scenario import Scene, Step, brief, play
from genai_defense.local.sign_in import DemoUser, claims_of
from genai_defense.local.up import steps_for
from genai_defense.local.web import Reply

_CANARY = "canary-qwzvkjxhpmtrbfyd"
_Answers = Callable[[str | None, bytes], Reply]


def _token(**claims: object) -> str:
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{part}.{part}.signature"


def _json(status: int, headers: dict[str, str] | None = None, **body: object) -> Reply:
    return Reply(status, headers or {}, json.dumps(body))


class _Model:
    """A stand-in that says what the test wants."""

    def __init__(self) -> None:
        self.said: list[str] = []


class _Scene(Scene):
    """A scene whose API is a function."""

    def post(self, body: bytes, token: str | None) -> Reply:
        answers = cast("_Answers", self.deployment)
        return answers(token, body)


def _scene(answers: _Answers, model: _Model | None = None) -> Scene:
    user = DemoUser(
        name="demo", password="p", totp_secret="s", sub="sub-1", scopeless_token=_token(scope="openid")
    )
    return _Scene(
        deployment=cast("Deployment", answers),
        user=user,
        token=_token(sub="sub-1", scope="chatbot/send", token_use="access"),
        other=user,
        other_token=_token(sub="sub-2"),
        page_url="http://localhost:1/",
        web_acl=cast("Any", None),
        model=cast("StandInModel | None", model),
    )


def _step(steps: tuple[Step, ...], words: str) -> Step:
    return next(step for step in steps if words in step.name)


def _passes(step: Step, scene: Scene) -> bool:
    return next(play([step], scene)).passed


def test_a_step_that_throws_has_failed_and_the_next_one_runs() -> None:
    def broken(_scene: Scene) -> tuple[str, bool]:
        raise ValueError("no luck")

    steps = [
        Step(name="broken", expected="x", check=broken),
        Step(name="sound", expected="y", check=lambda _scene: ("y", True)),
    ]
    first, second = play(steps, _scene(lambda _token, _body: _json(200)))
    assert (first.got, first.passed) == ("ValueError: no luck", False)
    assert second.passed


def test_an_answer_is_told_in_brief() -> None:
    assert brief(_json(422, outcome="refused", reason="PII_LEAK")) == "422 refused PII_LEAK"
    assert brief(Reply(502, {}, "no json")) == "502 no json"


@pytest.mark.parametrize(
    "words", ["without a token", "garbage", "tampered", "alg: none", "without the scope"]
)
def test_a_stranger_who_gets_an_answer_fails_the_step(words: str) -> None:
    step = _step(steps_identity.STEPS, words)
    assert _passes(step, _scene(lambda _token, _body: _json(401, message="no")))
    assert not _passes(step, _scene(lambda _token, _body: _json(200, outcome="answered", answer="hello")))
    assert not _passes(step, _scene(lambda _token, _body: _json(401, answer="hello")))


def test_the_forged_tokens_are_what_they_are_called() -> None:
    token = _token(sub="sub-1")
    forged = steps_identity.with_claims(token, sub="sub-2")
    assert claims_of(forged)["sub"] == "sub-2"
    assert forged.split(".")[2] == token.split(".")[2]
    header, payload, signature = steps_identity.unsigned(token).split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "==="))["alg"] == "none"
    assert (payload, signature) == (token.split(".")[1], "")


def test_the_scope_step_needs_a_token_without_the_scope() -> None:
    scene = _scene(lambda _token, _body: _json(401))
    object.__setattr__(scene.user, "scopeless_token", _token(scope="chatbot/send"))
    assert not _passes(_step(steps_identity.STEPS, "without the scope"), scene)


def test_only_the_models_own_words_count_as_an_answer() -> None:
    step, model = _step(steps_request.STEPS, "ordinary"), _Model()

    def speaks(_token: str | None, _body: bytes) -> Reply:
        model.said.append("open at nine")
        return _json(200, outcome="answered", answer="open at nine")

    assert _passes(step, _scene(speaks, model))
    canned = _scene(lambda _token, _body: _json(200, outcome="answered", answer="canned"), model)
    assert not _passes(step, canned)
    object.__setattr__(canned, "model", None)
    assert _passes(step, canned)


@pytest.mark.parametrize("words", ["4,001", "half a JSON", "unknown field"])
def test_a_broken_body_needs_a_400_with_readable_words(words: str) -> None:
    step = _step(steps_request.STEPS, words)
    assert _passes(step, _scene(lambda _token, _body: _json(400, outcome="invalid", message="too long")))
    for refused in (
        _json(400, outcome="invalid", message=""),
        _json(400, outcome="invalid", message="$context.error.validationErrorString"),
        _json(200, outcome="invalid", message="fine"),
        Reply(400, {}, '{"message": "broken " json"}'),
    ):
        assert not _passes(step, _scene(lambda _token, _body, refused=refused: refused))  # type: ignore[misc] # mypy infers no type for a lambda with a default


def test_the_hidden_injections_hide_the_injection() -> None:
    assert "Ignore all" not in steps_request.base64_injection()
    assert "Ignore all previous" not in steps_request.zero_width_injection()
    assert "\u200b" in steps_request.zero_width_injection()


@pytest.mark.parametrize("words", ["direct injection", "base64", "zero-width"])
def test_a_refused_attack_needs_its_audit_record(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    step, model = _step(steps_request.STEPS, words), _Model()
    right = {"outcome": "refused", "reason": "PROMPT_INJECTION"}
    records: dict[str, AuditRecord | None] = {}

    def find(_deployment: object, request_id: str) -> AuditRecord | None:
        return records.get(request_id)

    monkeypatch.setattr(steps_request, "find_record", find)
    sent: list[bytes] = []

    def refuses(_token: str | None, body: bytes) -> Reply:
        sent.append(body)
        return Reply(422, {}, json.dumps({"request_id": "r1", **right}))

    assert not _passes(step, _scene(refuses, model))
    records["r1"] = AuditRecord("audit/r1.json", json.dumps(right), right)
    assert _passes(step, _scene(refuses, model))
    records["r1"] = AuditRecord("audit/r1.json", json.dumps(right) + json.loads(sent[0])["message"], right)
    assert not _passes(step, _scene(refuses, model))
    records["r1"] = AuditRecord("audit/r1.json", "{}", {"outcome": "answered"})
    assert not _passes(step, _scene(refuses, model))


def test_an_attack_that_reaches_the_model_or_has_another_reason_fails() -> None:
    model = _Model()
    step = _step(steps_request.STEPS, "direct injection")
    assert not _passes(step, _scene(lambda _token, _body: _json(422, reason="HIDDEN_UNICODE"), model))

    def asks_first(_token: str | None, _body: bytes) -> Reply:
        model.said.append("leaked")
        return _json(422, reason="PROMPT_INJECTION", request_id="r1")

    assert not _passes(step, _scene(asks_first, model))


@pytest.mark.parametrize(
    ("words", "secret", "refusal"),
    [
        ("canary", f"I was told {_CANARY}", _json(422, outcome="refused", reason="CANARY_LEAK")),
        ("e-mail", f"Write to {PLANTED_EMAIL}", _json(200, outcome="answered", answer="Write to [EMAIL]")),
        ("image", f"![x](https://{PLANTED_HOST}/p)", _json(200, outcome="answered", answer="x")),
    ],
)
def test_a_leak_is_stopped_only_if_there_was_one(words: str, secret: str, refusal: Reply) -> None:
    step, model = _step(steps_answer.WITH_STAND_IN, words), _Model()

    def says(text: str | None, reply: Reply) -> _Answers:
        def answer(_token: str | None, _body: bytes) -> Reply:
            if text is not None:
                model.said.append(text)
            return reply

        return answer

    assert _passes(step, _scene(says(secret, refusal), model))
    assert not _passes(step, _scene(says("nothing", refusal), model))
    assert not _passes(step, _scene(says(None, refusal), model))
    assert not _passes(step, _scene(says(secret, _json(200, outcome="answered", answer=secret)), model))


def test_without_the_stand_in_the_leaking_steps_fall_away() -> None:
    with_model = steps_for(cast("StandInModel", _Model()))
    assert {step.name for step in with_model} - {step.name for step in steps_for(None)} == {
        step.name for step in (*steps_answer.WITH_STAND_IN, *steps_stream.WITH_STAND_IN)
    }


def test_records_are_read_from_the_locked_bucket(aws: Callable[[str], Any], emulator: Emulator) -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="records", ObjectLockEnabledForBucket=True)
    deployment = Deployment(
        endpoint=emulator.endpoint,
        api_url="",
        sign_in_url="",
        user_pool_id="",
        client_id="",
        audit_bucket="records",
        quota_table="",
        kill_switch="",
        review_queue="",
    )
    assert audit.oldest_record(deployment) is None
    s3.put_object(Bucket="records", Key="audit/2026/01/02/r-1.json", Body=b'{"outcome": "refused"}')
    found = audit.find_record(deployment, "r-1")
    assert found is not None
    assert (found.document["outcome"], found.request_id) == ("refused", "r-1")
    assert audit.find_record(deployment, "r-2") is None
    step = steps_answer.ALWAYS[0]
    scene = _scene(lambda _token, _body: _json(200))
    object.__setattr__(scene, "deployment", deployment)
    assert not _passes(step, scene)
    until = {"Mode": "COMPLIANCE", "RetainUntilDate": "2099-01-01T00:00:00Z"}
    s3.put_object(Bucket="records", Key="audit/2026/01/02/r-3.json", Body=b"{}")
    s3.put_object_retention(Bucket="records", Key="audit/2026/01/02/r-3.json", Retention=until)
    assert _passes(step, scene)
