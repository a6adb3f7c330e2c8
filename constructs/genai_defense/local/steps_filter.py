"""What the web ACLs stop by their own rules, before any function runs."""

from http import HTTPStatus

from genai_defense.local.distribution_config import read_distribution
from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.web import Reply

_QUESTION = b'{"message": "When are you open?"}'
_LARGE = b'{"message": "' + b"a" * 60_000 + b'"}'
_MOST_PER_TOKEN = 300
_HERE = ["127.0.0.1/32"]


def _by_the_api(reply: Reply) -> bool:
    """Whether the API's own refusal for what its web ACL stopped came back."""
    return reply.status == HTTPStatus.FORBIDDEN and reply.json().get("outcome") == "rejected"


def _by_the_distribution(reply: Reply) -> bool:
    return reply.status == HTTPStatus.FORBIDDEN and "request blocked" in reply.body


def _stopped(scene: Scene, reply: Reply, *, stopped: bool, before: int) -> Verdict:
    if scene.model_said() != before:
        return "refused, but the model was asked all the same", False
    return f"{reply.status} {'stopped by the web ACL' if stopped else brief(reply)}", stopped


def _around_the_distribution(scene: Scene) -> Verdict:
    before = scene.model_said()
    reply = scene.post_to(f"{scene.deployment.stage_url}/api/chat", _QUESTION, scene.token)
    return _stopped(scene, reply, stopped=_by_the_api(reply), before=before)


def _invented_proof(scene: Scene) -> Verdict:
    before = scene.model_said()
    reply = scene.post_to(
        f"{scene.deployment.stage_url}/api/chat", _QUESTION, scene.token, x_origin_verify="let me in"
    )
    return _stopped(scene, reply, stopped=_by_the_api(reply), before=before)


def _large_body(scene: Scene) -> Verdict:
    before = scene.model_said()
    reply = scene.post(_LARGE, scene.token)
    return _stopped(scene, reply, stopped=_by_the_distribution(reply), before=before)


def _blocked_address(scene: Scene) -> Verdict:
    (ipv4,) = (name for name in scene.web_acl.ip_sets if "v4" in name)
    held = scene.web_acl.addresses(ipv4)
    scene.web_acl.fill(ipv4, [*held, *_HERE])
    try:
        stopped = scene.post(_QUESTION, scene.token)
    finally:
        scene.web_acl.fill(ipv4, held)
    again = scene.post(_QUESTION, scene.token)
    good = _by_the_distribution(stopped) and again.status == HTTPStatus.OK
    return f"{stopped.status}, then {brief(again)}", good


def _flood(scene: Scene) -> Verdict:
    """With a token that nobody gave out, for the rate is counted before it is looked at.

    Behind the distribution: before it, the flood would lock this machine out for five minutes.
    """
    proof = read_distribution(scene.deployment).behavior("/api/chat").origin.headers
    for passed in range(_MOST_PER_TOKEN + 1):
        reply = scene.post_to(f"{scene.deployment.stage_url}/api/chat", _QUESTION, "flood", **proof)
        if _by_the_api(reply):
            return f"{passed} refused by the sign-in, then {reply.status}", passed == _MOST_PER_TOKEN
    return f"{_MOST_PER_TOKEN + 1} met the sign-in", False


STEPS = (
    Step(
        name="Ask the API without passing the distribution",
        expected="403 stopped by the web ACL",
        check=_around_the_distribution,
    ),
    Step(
        name="The same with an invented proof of the origin",
        expected="403 stopped by the web ACL",
        check=_invented_proof,
    ),
    Step(
        name="Send a body of 60 KB, more than WAF sees",
        expected="403 stopped by the web ACL",
        check=_large_body,
    ),
    Step(
        name="A responder blocks our address, then lets it go",
        expected="403, then 200",
        check=_blocked_address,
    ),
    Step(
        name="Flood the chat path with one token, 301 requests",
        expected="300 refused by the sign-in, then 403",
        check=_flood,
    ),
)
