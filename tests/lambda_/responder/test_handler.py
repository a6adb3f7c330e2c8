"""The two steps of the state machine, and what is counted of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from responder import handler as handler_module
from responder import runtime
from responder.runtime import Teller
from responder.telemetry import metrics
from response_rows import PlanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from tests.lambda_.responder.conftest import World

ACTION = {
    "kind": "disable_user",
    "subject": "user-1",
    "reason": "10 attacks of one user (PROMPT_INJECTION)",
    "owasp": ["LLM01"],
    "count": 10,
    "evidence": ["request-1"],
}


@dataclass
class Told:
    """Stands for SNS and Security Hub."""

    hub_error: Exception | None = None
    failed: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    findings: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def publish(self, **message: Any) -> None:
        self.messages.append(message)

    def batch_import_findings(self, **arguments: Any) -> dict[str, int]:
        if self.hub_error is not None:
            raise self.hub_error
        self.findings += arguments["Findings"]
        return {"FailedCount": self.failed}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    told = Told()
    fake: Any = told
    monkeypatch.setattr(runtime, "teller", lambda: Teller(fake, "topic", fake, findings=True))
    yield told
    metrics.clear_metrics()


def _tell(context: LambdaContext, *results: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = handler_module.handler(
        {"step": "tell", "incident": "i-1", "results": list(results)}, context
    )
    return told


def _ended(status: str) -> dict[str, Any]:
    return {"action": ACTION, "status": status, "until": 0, "detail": ""}


def test_what_was_done_is_told_and_filed(
    told: Told, context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _tell(context, _ended("done")) == {"told": 1, "filed": 1}
    assert told.findings[0]["Severity"] == {"Label": "HIGH"}
    assert json.loads(told.messages[0]["Message"])["results"][0]["status"] == "done"
    printed = capsys.readouterr().out
    assert '"ResponsesDone":[1.0]' in printed.replace(" ", "")
    assert '"action":"disable_user"' in printed.replace(" ", "")


def test_an_action_that_failed_after_all_tries_is_told(told: Told, context: LambdaContext) -> None:
    caught = {"step": "act", "incident": "i-1", "action": ACTION, "error": {"Error": "X", "Cause": "secret"}}
    assert _tell(context, caught)["told"] == 1
    assert json.loads(told.messages[0]["Message"])["results"][0]["status"] == "failed"
    assert "secret" not in told.messages[0]["Message"]


@pytest.mark.parametrize("broken", ["raises", "refuses"])
def test_a_security_hub_that_is_off_keeps_no_message_back(
    told: Told, context: LambdaContext, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    told.hub_error = (
        ClientError({"Error": {"Code": "InvalidAccessException"}}, "X") if broken == "raises" else None
    )
    told.failed = 1
    assert _tell(context, _ended("done")) == {"told": 1, "filed": 0}
    assert "FindingsNotFiled" in capsys.readouterr().out


def test_what_is_in_force_already_is_told_nobody(told: Told, context: LambdaContext) -> None:
    assert _tell(context, _ended("in_force")) == {"told": 0, "filed": 0}
    assert told.messages == []


def test_an_action_is_done_in_the_name_of_the_execution(
    world: World, monkeypatch: pytest.MonkeyPatch, context: LambdaContext
) -> None:
    mallory = world.new_user("mallory")
    monkeypatch.setattr(runtime, "actor", lambda: world.actor)
    event = {"step": "act", "incident": "i-7", "action": {**ACTION, "subject": mallory}}
    assert handler_module.handler(event, context)["status"] == "done"
    assert any("/i-7/" in key for key in world.bucket.content)


@pytest.mark.parametrize(
    "action",
    [
        {**ACTION, "kind": "delete_account"},
        {**ACTION, "subject": "a b"},
        {**ACTION, "subject": "service"},
        {**ACTION, "kind": "throw_kill_switch"},
        {**ACTION, "evidence": ["x"] * 21},
        {},
    ],
)
def test_a_plan_that_no_decision_writes_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch, context: LambdaContext, action: dict[str, Any]
) -> None:
    monkeypatch.setattr(runtime, "actor", lambda: world.actor)
    with pytest.raises(PlanError):
        handler_module.handler({"step": "act", "incident": "i-1", "action": action}, context)
    assert world.bucket.content == {}
