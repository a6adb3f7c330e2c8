"""Drives the deployed API and judges what it answers."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from genai_defense.local.deployment import Deployment
from genai_defense.local.edge_filter import EdgeFilter
from genai_defense.local.model import StandInModel
from genai_defense.local.sign_in import DemoUser
from genai_defense.local.web import Reply, send


@dataclass(frozen=True, kw_only=True)
class StepResult:
    """One row of the table.

    Attributes:
        name: What was done.
        expected: What has to come of it.
        got: What came of it.
        passed: Whether the two agree.
        seconds: How long it took.
    """

    name: str
    expected: str
    got: str
    passed: bool
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What the steps work with.

    Attributes:
        deployment: The chatbot.
        user: Who signed in.
        token: Access token with the chat scope.
        other: A second user, whose quota is used up.
        other_token: Their access token.
        page_url: Address of the chat page, and of the API below it.
        web_acl: What stands before that address.
        model: The stand-in; None when a model of the user's choice answers.
    """

    deployment: Deployment
    user: DemoUser
    token: str
    other: DemoUser
    other_token: str
    page_url: str
    web_acl: EdgeFilter
    model: StandInModel | None

    def chat(self, message: str, token: str | None = None) -> Reply:
        """Ask the chatbot as the signed-in user, or with another token."""
        return self.post(json.dumps({"message": message}).encode(), token or self.token)

    def post(self, body: bytes, token: str | None) -> Reply:
        """Post a raw body to where users do, without the Authorization header when there is no token."""
        return self.post_to(f"{self.page_url}api/chat", body, token)

    def post_to(self, url: str, body: bytes, token: str | None, **headers: str) -> Reply:
        """The same to another address, with more headers, `_` in a name for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            named["Authorization"] = f"Bearer {token}"
        return send(url, method="POST", headers={"Content-Type": "application/json", **named}, body=body)

    def call(self, method: str, path: str, token: str | None, body: bytes | None = None) -> Reply:
        """Send one request to where users do, without the Authorization header when there is no token."""
        headers = {} if body is None else {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return send(self.page_url.rstrip("/") + path, method=method, headers=headers, body=body)

    def model_said(self) -> int:
        """How many answers the stand-in has given; 0 without one."""
        return len(self.model.said) if self.model else 0


Verdict = tuple[str, bool]
Check = Callable[[Scene], Verdict]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One promise of the chatbot and how to test it.

    Attributes:
        name: What is done.
        expected: What has to come of it.
        check: Does it; what came of it, and whether that is it.
    """

    name: str
    expected: str
    check: Check = field(repr=False)


def play(steps: Sequence[Step], scene: Scene) -> Iterator[StepResult]:
    """Run the steps one after the other. A step that throws has failed, it ends nothing."""
    for step in steps:
        started = time.monotonic()
        try:
            got, passed = step.check(scene)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong belongs into the table
            got, passed = f"{type(error).__name__}: {error}", False
        seconds = time.monotonic() - started
        yield StepResult(name=step.name, expected=step.expected, got=got, passed=passed, seconds=seconds)


def brief(reply: Reply) -> str:
    """Status, outcome and reason of an answer."""
    answer = reply.json()
    said = [str(answer[name]) for name in ("outcome", "reason") if answer.get(name)]
    return " ".join([str(reply.status), *said]) if said else f"{reply.status} {reply.body[:80]}".strip()
