"""What users may do with what is kept of them: see it, delete it, say what they think of it."""

import json
from http import HTTPStatus
from typing import Any

from genai_defense.local.scenario import Scene, Step, Verdict, brief

_QUESTION = "When are you open on Saturday?"
_LIST = "/api/conversations"
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


def _feedback(scene: Scene) -> Verdict:
    conversation, request = _conversation(scene)
    body = {
        "conversation_id": conversation,
        "request_id": request,
        "rating": "wrong",
        "comment": _COMMENT,
    }
    reply = scene.call("POST", "/api/feedback", scene.token, json.dumps(body).encode())
    queue = scene.deployment.client("sqs")
    received = queue.receive_message(
        QueueUrl=scene.deployment.review_queue, MaxNumberOfMessages=10, WaitTimeSeconds=2
    )
    waiting = [json.loads(message["Body"]) for message in received.get("Messages", [])]
    found = [entry for entry in waiting if (entry["user_id"], entry["comment"]) == (scene.user.sub, _COMMENT)]
    good = reply.status == HTTPStatus.ACCEPTED and len(found) == 1
    return f"{brief(reply)}, {len(found)} in the review queue", good


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
    Step(name="Report a wrong answer", expected="202, 1 in the review queue", check=_feedback),
    Step(name="Look at the quota, ask, look again", expected="1 request fewer", check=_usage),
    Step(
        name="Ask for health, and for usage, without a token",
        expected='{"status": "ok"}; usage 401',
        check=_health,
    ),
)
