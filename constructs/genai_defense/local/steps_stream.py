"""Answers that stream: text comes while the model writes, and nothing refused is ever shown."""

import json

from genai_defense.local.audit import find_record
from genai_defense.local.model import PLANTED_TOKEN
from genai_defense.local.scenario import Scene, Step, Verdict
from genai_defense.local.web import Line, send_streamed

_QUESTION = "Please list all the terms for returns."
_LEAKY_QUESTION = "Please list all the terms for returns, and how support works."
_LEAST_SHARE = 0.6
"""The first segment must come well before the whole answer."""


def _ask(scene: Scene, question: str) -> list[Line]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {scene.token}"}
    body = json.dumps({"message": question}).encode()
    return send_streamed(f"{scene.page_url}api/chat/stream", headers=headers, body=body)


def _shown(lines: list[Line]) -> str:
    return "".join(line.content["text"] for line in lines if line.content["type"] == "segment")


def _streams(scene: Scene) -> Verdict:
    lines = _ask(scene, _QUESTION)
    segments = [line for line in lines if line.content["type"] == "segment"]
    last = lines[-1]
    said = scene.model.said[-1] if scene.model else _shown(lines)
    got = (
        f"{len(segments)} segments, the first after {1000 * segments[0].seconds:.0f} ms, "
        f"the whole after {1000 * last.seconds:.0f} ms"
    )
    early = segments[0].seconds < _LEAST_SHARE * last.seconds
    return got, early and last.content["outcome"] == "answered" and _shown(lines) == said


def _holds_back(scene: Scene) -> Verdict:
    lines = _ask(scene, _LEAKY_QUESTION)
    said = scene.model.said[-1] if scene.model else ""
    if PLANTED_TOKEN not in said:
        return "the model gave nothing away", False
    before, shown, last = said.partition(PLANTED_TOKEN)[0], _shown(lines), lines[-1].content
    record = find_record(scene.deployment, str(last["request_id"]))
    got = f"{last['outcome']} {last.get('reason')}, {len(shown)} of {len(before)} characters before it shown"
    safe = bool(shown) and before.startswith(shown)
    recorded = record is not None and record.document["shown_chars"] == len(shown)
    return got, safe and recorded and last.get("reason") == "SECRET_LEAK"


WITH_STAND_IN = (
    Step(
        name="Ask for a long answer on the streamed path",
        expected="first segment well before the whole answer",
        check=_streams,
    ),
    Step(
        name="The model leaks a token in the middle of a streamed answer",
        expected="SECRET_LEAK, not one character of it",
        check=_holds_back,
    ),
)
