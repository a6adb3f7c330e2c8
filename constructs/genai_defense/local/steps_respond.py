"""What follows from an attack burst, and the way back: bus, state machine, Cognito and web ACL sets."""

import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path

from genai_defense.local import respond_stage as stage
from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.sign_in import access_token

_MINUTE = 60.0
_ATTACKER_NETWORK = "93.184.216.34/32"
"""An address of the Internet that is none of ours: loopback is never blocked."""


def _burst(scene: Scene) -> Verdict:
    user, token = stage.newcomer(scene.deployment, "mallory")
    burst = stage.attack(scene, token)
    said = scene.model_said()
    held = scene.chat(stage.QUESTION, token)
    asked = scene.model_said() != said
    other = scene.chat(stage.QUESTION)
    disabled = not stage.enabled(scene.deployment, user.name)
    refused = (held.status, held.json().get("reason")) == (HTTPStatus.FORBIDDEN, "USER_BLOCKED")
    good = refused and not asked and disabled and burst.seconds < _MINUTE and other.status == HTTPStatus.OK
    account = "account disabled" if disabled else "account still enabled"
    return f"{brief(held)} after {burst.seconds:.0f} s, {account}; another user {brief(other)}", good


def _back(scene: Scene, folder: Path | None = None) -> Verdict:
    user, token = stage.newcomer(scene.deployment, "trudy")
    stage.attack(scene, token)
    # The user is out first; account, sessions, notice and finding follow.
    filed = _await(lambda: any(user.sub in str(one) for one in stage.findings(scene.deployment)))
    stage.give_back(scene.deployment, "user", user.sub)
    again = scene.chat(stage.QUESTION, access_token(scene.deployment, user))
    with tempfile.TemporaryDirectory() as temporary:
        bundle = stage.bundle(scene.deployment, user.sub, folder or Path(temporary))
        told = (bundle / "timeline.md").read_text(encoding="utf-8")
    complete = all(text in told for text in ("PROMPT_INJECTION", "disable_user done", "restore done"))
    good = again.status == HTTPStatus.OK and complete and filed
    records = sum(line.startswith("| 2") for line in told.splitlines())
    evidence = f"evidence of {records} records" if complete else "evidence lacks something"
    return f"{brief(again)}, {evidence}, finding {'filed' if filed else 'missing'}", good


def incident(folder: Path) -> tuple[Step, ...]:
    """The steps of a game day, whose evidence stays.

    Args:
        folder: Where.
    """
    burst, back, _ = STEPS
    return burst, replace(back, check=partial(_back, folder=folder))


def _address(scene: Scene) -> Verdict:
    """Three accounts attack from one address: events, since no request on loopback comes from there."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    for number in range(3):
        detail = {
            "request_id": f"made-up-{uuid.uuid4()}",
            "user_id": f"made-up-{number}",
            "tenant": None,
            "reason": "PROMPT_INJECTION",
            "owasp": ["LLM01"],
            "address": _ATTACKER_NETWORK.partition("/")[0],
            "conversation_id": None,
            "time": now,
        }
        stage.put_event(scene.deployment, "Attack Blocked", detail)
    _await(lambda: stage.blocked(scene.deployment, _ATTACKER_NETWORK) == _SETS)
    during = stage.blocked(scene.deployment, _ATTACKER_NETWORK)
    stage.give_back(scene.deployment, "address", _ATTACKER_NETWORK)
    after = stage.blocked(scene.deployment, _ATTACKER_NETWORK)
    return f"in {during} sets, after the restoration in {after}", (during, after) == (_SETS, 0)


_SETS = 2
"""Of IPv4: the distribution's, and that of API and sign-in."""


def _await(done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _MINUTE
    while not (came := done()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return came


STEPS = (
    Step(
        name="A burst of attacks by one user, then a harmless question of theirs and of another user",
        expected="403 USER_BLOCKED within 60 s, account disabled; the other user 200",
        check=_burst,
    ),
    Step(
        name="An operator restores such a user, who signs in and asks again; evidence is collected",
        expected="200, evidence of attacks, action and restoration, a finding",
        check=_back,
    ),
    Step(
        name="Three accounts attack from one address, then an operator lets it go",
        expected="in 2 sets, then in 0",
        check=_address,
    ),
)
