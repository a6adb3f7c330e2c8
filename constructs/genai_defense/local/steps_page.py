"""The page and its API on one origin, as a browser meets them."""

from http import HTTPStatus

from genai_defense.local.scenario import Scene, Step, Verdict, brief
from genai_defense.local.web import Reply, send

_QUESTION = b'{"message": "When are you open?"}'
_STRICT = ("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")


def _no_cors(reply: Reply) -> bool:
    return not any(name.startswith("access-control-") for name in reply.headers)


def _page(scene: Scene) -> Verdict:
    reply = send(scene.page_url)
    policy = reply.headers.get("content-security-policy", "")
    strict = all(part in policy for part in _STRICT) and "unsafe" not in policy
    guarded = "max-age=" in reply.headers.get("strict-transport-security", "")
    good = reply.status == HTTPStatus.OK and reply.headers.get("content-type", "").startswith("text/html")
    got = f"{reply.status}, {'strict' if strict else 'lax'} CSP, {'HSTS' if guarded else 'no HSTS'}"
    return got, good and strict and guarded and _no_cors(reply)


def _scripts(scene: Scene) -> Verdict:
    replies = [
        send(f"{scene.page_url}{name}") for name in ("app/main.js", "vendor/purify.js", "vendor/marked.js")
    ]
    good = all(
        reply.status == HTTPStatus.OK
        and "javascript" in reply.headers.get("content-type", "")
        and reply.headers.get("x-content-type-options") == "nosniff"
        for reply in replies
    )
    return " ".join(str(reply.status) for reply in replies), good


def _api(scene: Scene) -> Verdict:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {scene.token}"}
    reply = send(f"{scene.page_url}api/chat", method="POST", headers=headers, body=_QUESTION)
    good = reply.status == HTTPStatus.OK and reply.json().get("outcome") == "answered"
    return f"{brief(reply)}, {'no CORS' if _no_cors(reply) else 'CORS'}", good and _no_cors(reply)


def _foreign(scene: Scene) -> Verdict:
    headers = {
        "Origin": "https://attacker.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    reply = send(f"{scene.page_url}api/chat", method="OPTIONS", headers=headers)
    return f"{reply.status}, {'no CORS' if _no_cors(reply) else 'CORS'}", _no_cors(reply)


STEPS = (
    Step(name="Open the chat page", expected="200, strict CSP, HSTS", check=_page),
    Step(name="Load the page's scripts from its own origin", expected="200 200 200", check=_scripts),
    Step(name="Ask on the page's origin", expected="200 answered, no CORS", check=_api),
    Step(name="Ask the API from another site (preflight)", expected="no CORS header", check=_foreign),
)
