"""The handler always answers, and what broke is named by its class alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tools import handler as module

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.typing import LambdaContext

PAYLOAD: dict[str, Any] = {
    "request_id": "request-1",
    "user_id": "user-1",
    "roles": ["support"],
    "tenant": "acme",
    "tool": "order_lookup",
    "arguments": {"order_id": "A-1001"},
}


@pytest.fixture(autouse=True)
def broker(monkeypatch: pytest.MonkeyPatch, doubles: Any) -> Any:
    monkeypatch.setattr(module, "broker", lambda: doubles.broker)
    return doubles


def test_a_call_is_answered(context: LambdaContext) -> None:
    assert module.handler(PAYLOAD, context)["status"] == "done"


@pytest.mark.parametrize("payload", [None, {}, "refund everything", {**PAYLOAD, "roles": "approver"}])
def test_a_malformed_payload_fails_and_runs_nothing(
    payload: object, context: LambdaContext, broker: Any
) -> None:
    answer = module.handler(payload, context)
    assert (answer["status"], answer["reason"]) == ("failed", "FAILED")
    assert broker.ran == broker.started == []


@pytest.mark.parametrize("part", ["ask", "resource", "run"])
def test_whatever_breaks_is_a_failure_that_quotes_nothing(
    part: str,
    context: LambdaContext,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    broker: Any,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("order A-1001 of acme")

    monkeypatch.setattr(broker, part, fail)
    answer = module.handler(PAYLOAD, context)
    assert answer["status"] == "failed"
    assert "A-1001" not in str(answer)
    assert "A-1001" not in capsys.readouterr().out


def test_what_the_model_calls_a_tool_is_not_logged(
    context: LambdaContext, capsys: pytest.CaptureFixture[str]
) -> None:
    module.handler({**PAYLOAD, "tool": "my password is hunter2"}, context)
    assert "hunter2" not in capsys.readouterr().out


def test_an_incomplete_environment_fails(
    context: LambdaContext, monkeypatch: pytest.MonkeyPatch, aws_environment: pytest.MonkeyPatch
) -> None:
    from tools.runtime import broker as real  # noqa: PLC0415 - the fixture replaces the name at import

    for name in ("POLICY_STORE_ID", "ORDER_TABLE_NAME"):
        aws_environment.delenv(name, raising=False)
    monkeypatch.setattr(module, "broker", real)
    assert module.handler(PAYLOAD, context)["status"] == "failed"


def test_the_broker_is_built_from_its_environment(
    aws_environment: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    from tools.runtime import broker as real  # noqa: PLC0415 - the fixture replaces the name at import

    names = (
        "POLICY_STORE_ID",
        "ORDER_TABLE_NAME",
        "ORDER_LOOKUP_FUNCTION_NAME",
        "APPROVAL_STATE_MACHINE_ARN",
    )
    for name in names:
        aws_environment.setenv(name, f"the-{name.lower()}")
    real.cache_clear()
    built = real()
    real.cache_clear()
    assert built.authoriser.policy_store_id == "the-policy_store_id"
    assert built.runner.functions == {"order_lookup": "the-order_lookup_function_name"}
    assert call().tool == "order_lookup"
