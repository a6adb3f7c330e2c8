"""What follows from an attack burst, and the way back: bus, state machine, Cognito, web ACL sets, switch."""

import json
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
from genai_defense.local.web import Reply

_MINUTE = 60.0
_ATTACKER_NETWORK = "93.184.216.34/32"
"""An address of the Internet that is none of ours: loopback is never blocked."""


def _burst(scene: Scene) -> Verdict:
    user, token = stage.newcomer(scene.deployment, "mallory")
    burst = stage.attack(scene, token)
    said = scene.model_said()
    held = scene.chat(stage.QUESTION, token)
    asked = scene.model_said() != said
    looks = [scene.call("GET", "/api/conversations", token), scene.call("DELETE", "/api/me/data", token)]
    other = scene.chat(stage.QUESTION)
    disabled = not stage.enabled(scene.deployment, user.name)
    refused = all(_said(one, HTTPStatus.FORBIDDEN, "USER_BLOCKED") for one in (held, *looks))
    good = refused and not asked and disabled and burst.seconds < _MINUTE and other.status == HTTPStatus.OK
    account = "account disabled" if disabled else "account still enabled"
    history, deletion = (one.status for one in looks)
    closed = f"history {history}, deletion {deletion}"
    return (
        f"{brief(held)} after {burst.seconds:.0f} s, {closed}, {account}; another user {brief(other)}",
        good,
    )


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
        counts = json.loads((bundle / "counts.json").read_text(encoding="utf-8"))
    complete = all(text in told for text in ("PROMPT_INJECTION", "disable_user done", "restore done"))
    complete = complete and {row["counter"] for row in counts} >= {"attacks", "noticed"}
    good = again.status == HTTPStatus.OK and complete and filed
    records = sum(line.startswith("| 2") for line in told.splitlines())
    evidence = f"evidence of {records} records" if complete else "evidence lacks something"
    return f"{brief(again)}, {evidence}, finding {'filed' if filed else 'missing'}", good


def incident(folder: Path) -> tuple[Step, ...]:
    """The steps of a game day, whose evidence stays.

    Args:
        folder: Where.
    """
    burst, back, _, switch = STEPS
    return burst, replace(back, check=partial(_back, folder=folder)), switch


def _address(scene: Scene) -> Verdict:
    """Three accounts attack from one address: events, since no request on loopback comes from there."""
    address = _ATTACKER_NETWORK.partition("/")[0]
    for number in range(3):
        detail = _detail(number, reason="PROMPT_INJECTION", owasp=["LLM01"], address=address)
        stage.put_event(scene.deployment, "Attack Blocked", detail)
    _await(lambda: stage.blocked(scene.deployment, _ATTACKER_NETWORK) == _SETS)
    during = stage.blocked(scene.deployment, _ATTACKER_NETWORK)
    stage.give_back(scene.deployment, "address", _ATTACKER_NETWORK)
    after = stage.blocked(scene.deployment, _ATTACKER_NETWORK)
    return f"in {during} sets, after the restoration in {after}", (during, after) == (_SETS, 0)


_SETS = 2
"""Of IPv4: the distribution's, and that of API and sign-in."""


def _detail(number: int, **fields: object) -> dict[str, object]:
    """An event as the guardrail function tells it, of a user who is made up."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    nobody = {"tenant": None, "conversation_id": None, "address": None}
    known = {"request_id": f"made-up-{uuid.uuid4()}", "user_id": f"made-up-{number}", "time": now}
    return {**nobody, **known, **fields}


def _switch(scene: Scene) -> Verdict:
    """Answers to several users leak: events, since a step that really leaked would need as many accounts."""
    users = int(stage.settings_with(scene.deployment, "DISABLE_AFTER")["KILL_SWITCH_AFTER_USERS"])
    allowed = int(stage.settings_with(scene.deployment, "SWITCHES_PER_DAY")["SWITCHES_PER_DAY"])
    try:
        for number in range(users):
            apart = {"address": f"93.184.{number}.34", "tenant": f"made-up-{number}"}
            detail = _detail(number, reason="CANARY_LEAK", owasp=["LLM07"], **apart)
            stage.put_event(scene.deployment, "Leak Stopped", detail)
        if not allowed:
            return _told_only(scene)
        _await(lambda: stage.switch(scene.deployment) == "on")
        stopped = _ask_until(scene, HTTPStatus.SERVICE_UNAVAILABLE)
    finally:
        stage.give_back(scene.deployment, "service", "")
    after = stage.switch(scene.deployment)
    again = _ask_until(scene, HTTPStatus.OK)
    good = _said(stopped, HTTPStatus.SERVICE_UNAVAILABLE, "KILL_SWITCH") and after == "off"
    return f"{brief(stopped)}, restored: {brief(again)}", good and again.status == HTTPStatus.OK


def _told_only(scene: Scene) -> Verdict:
    """Where no machine may throw the switch (`response.switches_per_day`), people hear that it is due."""
    told = _await(
        lambda: any("throw_kill_switch limited" in str(one) for one in stage.findings(scene.deployment))
    )
    reply = scene.chat(stage.QUESTION)
    good = told and reply.status == HTTPStatus.OK and stage.switch(scene.deployment) == "off"
    return f"{brief(reply)}, people {'told' if told else 'not told'} that the switch is due", good


def _start_anew(scene: Scene) -> Verdict:
    """Whoever uses the chatbot after the steps does not find its users slowed down for what the steps did."""
    users = [scene.user.sub, scene.other.sub]
    for user in users:
        stage.give_back(scene.deployment, "user", user)
    stand = [stage.standing(scene.deployment, user) or "good" for user in users]
    counted = sum(stage.counted(scene.deployment, user) for user in users)
    good = set(stand) == {"good"} and not counted
    return f"standing {', '.join(stand)}; {counted} counters", good


def _said(reply: Reply, status: HTTPStatus, reason: str) -> bool:
    return (reply.status, reply.json().get("reason")) == (status, reason)


def _ask_until(scene: Scene, status: HTTPStatus) -> Reply:
    replies: list[Reply] = []

    def asked() -> bool:
        replies.append(scene.chat(stage.QUESTION))
        return replies[-1].status == status

    _await(asked)
    return replies[-1]


def _await(done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _MINUTE
    while not (came := done()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return came


STEPS = (
    Step(
        name="A burst of attacks by one user, then a harmless question of theirs and of another user",
        expected="403 USER_BLOCKED within 60 s, on history and deletion, too; account disabled; other 200",
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
    Step(
        name="Answers to several users at several addresses leak, then an operator lets the chatbot go on",
        expected="503 KILL_SWITCH, thrown by the responder, then 200; people told only where it may not",
        check=_switch,
    ),
)
LAST = (
    Step(
        name="An operator forgets what these steps had the demo's own users do",
        expected="standing good, good; 0 counters",
        check=_start_anew,
    ),
)
