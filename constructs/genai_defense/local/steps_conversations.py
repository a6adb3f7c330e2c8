"""What users may do with what is kept of them: see it, delete it, say what they think of it."""

import json
import time
from http import HTTPStatus
from typing import Any

from genai_defense.local.audit import find_record
from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.operate.reviews import Reviews

_QUESTION = "When are you open on Saturday?"
_PRIVATE = "My name is Hildegard Quandt and my shoes are size 38. Do you open on Saturday?"
_PRIVATE_WORDS = ("Hildegard", "Quandt", "shoes")
_LIST = "/api/conversations"
_PATIENCE_SECONDS = 30.0
_COMMENT = "You said Saturday until 12, the door says 14."


def _conversation(scene: Scene) -> tuple[str, str]:
    """A new conversation of the signed-in user; its id, and its request's."""
    answer = scene.chat(_QUESTION).json()
    return str(answer.get("conversation_id")), str(answer.get("request_id"))


def _listed(scene: Scene, token: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene.call("GET", _LIST, token).json().get("conversations", [])
    return found


def _list_and_read(scene: Scene) -> Verdict:
    conversation, _ = _conversation(scene)
    newest = _listed(scene, scene.token)[:1]
    read = scene.call("GET", f"{_LIST}/{conversation}", scene.token)
    turns = read.json().get("turns", [])
    titled = [(row.get("conversation_id"), row.get("title")) for row in newest] == [(conversation, _QUESTION)]
    good = titled and len(turns) == 1 and turns[0]["message"] == _QUESTION and bool(turns[0]["answer"])
    return f"{read.status}, {len(turns)} turn, {'first in the list' if titled else 'not in the list'}", good


def _of_another_user(scene: Scene) -> Verdict:
    conversation, _ = _conversation(scene)
    read = scene.call("GET", f"{_LIST}/{conversation}", scene.other_token)
    deleted = scene.call("DELETE", f"{_LIST}/{conversation}", scene.other_token)
    seen = [row for row in _listed(scene, scene.other_token) if row["conversation_id"] == conversation]
    still = scene.call("GET", f"{_LIST}/{conversation}", scene.token)
    good = (
        read.status == HTTPStatus.NOT_FOUND
        and not seen
        and deleted.status == HTTPStatus.NO_CONTENT
        and still.status == HTTPStatus.OK
    )
    return f"{brief(read)}; for its owner {'still there' if still.status == HTTPStatus.OK else 'gone'}", good


def _delete(scene: Scene) -> Verdict:
    conversation, _ = _conversation(scene)
    deleted = scene.call("DELETE", f"{_LIST}/{conversation}", scene.token)
    read = scene.call("GET", f"{_LIST}/{conversation}", scene.token)
    left = [row for row in _listed(scene, scene.token) if row["conversation_id"] == conversation]
    good = deleted.status == HTTPStatus.NO_CONTENT and read.status == HTTPStatus.NOT_FOUND and not left
    return f"{deleted.status}, then {brief(read)}", good


def _delete_all(scene: Scene) -> Verdict:
    reply = scene.chat(_PRIVATE).json()
    kept = find_record(scene.deployment, str(reply.get("request_id")))
    deleted = scene.call("DELETE", "/api/me/data", scene.token)
    left = _listed(scene, scene.token)
    after = find_record(scene.deployment, str(reply.get("request_id")))
    silent = after is not None and not any(word in after.text for word in (*_PRIVATE_WORDS, reply["answer"]))
    good = deleted.status == HTTPStatus.NO_CONTENT and not left and kept == after and silent
    record = (
        "its audit record stays and quotes nothing" if silent else "its audit record is gone or quotes it"
    )
    return f"{deleted.status}, {len(left)} conversations left; {record}", good


def _feedback(scene: Scene) -> Verdict:
    conversation, request = _conversation(scene)
    body = {
        "conversation_id": conversation,
        "request_id": request,
        "rating": "wrong",
        "comment": _COMMENT,
    }
    reply = scene.call("POST", "/api/feedback", scene.token, json.dumps(body).encode())
    desk = Reviews(scene.deployment.client)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (found := _open_reviews(desk, scene)) and time.monotonic() < deadline:
        time.sleep(0.2)
    if found:
        desk.decide(found[0]["review_id"], "confirmed", "seen in the demo")
    left = len(_open_reviews(desk, scene))
    good = reply.status == HTTPStatus.ACCEPTED and (len(found), left) == (1, 0)
    return f"{brief(reply)}, {len(found)} before reviewers, {left} after their decision", good


def _open_reviews(desk: Reviews, scene: Scene) -> list[dict[str, str]]:
    return [
        one
        for one in desk.listed("open")
        if (one["user_id"], one.get("comment")) == (scene.user.sub, _COMMENT)
    ]


def _usage(scene: Scene) -> Verdict:
    before = scene.call("GET", "/api/usage", scene.token).json().get("remaining", {})
    scene.chat(_QUESTION)
    after = scene.call("GET", "/api/usage", scene.token).json().get("remaining", {})
    spent = before.get("requests", 0) - after.get("requests", 0)
    good = spent == 1 and after["tokens"] < before["tokens"]
    return f"{spent} request fewer, {after.get('requests')} left", good


def _health(scene: Scene) -> Verdict:
    health = scene.call("GET", "/api/health", None)
    usage = scene.call("GET", "/api/usage", None)
    good = health.json() == {"status": "ok"} and usage.status == HTTPStatus.UNAUTHORIZED
    return f"{health.body}; usage {brief(usage)}", good


STEPS = (
    Step(
        name="List and read own conversations",
        expected="200, 1 turn, first in the list",
        check=_list_and_read,
    ),
    Step(
        name="Read and delete another user's conversation",
        expected="404; for its owner still there",
        check=_of_another_user,
    ),
    Step(name="Delete an own conversation", expected="204, then 404", check=_delete),
    Step(
        name="Delete all of one's data",
        expected="204, 0 conversations left; its audit record stays and quotes nothing",
        check=_delete_all,
    ),
    Step(name="Report a wrong answer", expected="202, 1 before reviewers, then 0", check=_feedback),
    Step(name="Look at the quota, ask, look again", expected="1 request fewer", check=_usage),
    Step(
        name="Ask for health, and for usage, without a token",
        expected='{"status": "ok"}; usage 401',
        check=_health,
    ),
)
