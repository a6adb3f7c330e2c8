"""What operators can do: stop the chatbot at once, and let it go on."""

import time
from http import HTTPStatus

from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.web import Reply

_OBEYED_SECONDS = 30.0
_POLL_SECONDS = 0.5
_QUESTION = "When are you open?"


def _ask_until(scene: Scene, status: HTTPStatus) -> tuple[Reply, float]:
    """Ask until the answer has this status, as long as the switch may take."""
    started = time.monotonic()
    while True:
        reply = scene.chat(_QUESTION)
        waited = time.monotonic() - started
        if reply.status == status or waited > _OBEYED_SECONDS:
            return reply, waited
        time.sleep(_POLL_SECONDS)


def _kill_switch(scene: Scene) -> Verdict:
    store = scene.deployment.client("ssm")

    def throw(value: str) -> None:
        store.put_parameter(Name=scene.deployment.kill_switch, Value=value, Overwrite=True)

    throw("on")
    try:
        stopped, after = _ask_until(scene, HTTPStatus.SERVICE_UNAVAILABLE)
        said = scene.model_said()
        still = scene.chat(_QUESTION)
    finally:
        throw("off")
    asked = scene.model_said() != said
    again, _ = _ask_until(scene, HTTPStatus.OK)
    refused = all(
        (reply.status, reply.json().get("reason")) == (HTTPStatus.SERVICE_UNAVAILABLE, "KILL_SWITCH")
        for reply in (stopped, still)
    )
    good = refused and not asked and again.status == HTTPStatus.OK
    return f"{brief(stopped)} after {after:.0f} s, then {brief(again)}", good


STEPS = (
    Step(
        name="Throw the kill switch, ask, release it, ask again",
        expected="503 KILL_SWITCH within 30 s, then 200",
        check=_kill_switch,
    ),
)
