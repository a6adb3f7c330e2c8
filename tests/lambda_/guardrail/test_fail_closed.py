"""Each dependency of the guardrail function broken in turn: a refusal, never an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from guardrail import flow as flow_module
from guardrail_engine import Engine, Reason, Screening
from guardrail_engine.results import Action

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

    from tests.lambda_.guardrail.conftest import World

ServiceError = Callable[[str], "ClientError"]


def _chat_raises(world: World, _error: ServiceError) -> str:
    world.chat.error = EndpointConnectionError(endpoint_url="https://lambda")
    return "CHAT_UNAVAILABLE"


def _chat_times_out(world: World, _error: ServiceError) -> str:
    world.chat.error = ReadTimeoutError(endpoint_url="https://lambda")
    return "CHAT_UNAVAILABLE"


def _chat_is_denied(world: World, error: ServiceError) -> str:
    world.chat.error = error("AccessDeniedException")
    return "CHAT_UNAVAILABLE"


def _chat_function_error(world: World, _error: ServiceError) -> str:
    world.chat.function_error = "Unhandled"
    return "CHAT_UNAVAILABLE"


def _chat_status(world: World, _error: ServiceError) -> str:
    world.chat.status = 202
    return "CHAT_UNAVAILABLE"


def _chat_garbage(world: World, _error: ServiceError) -> str:
    world.chat.raw = b"<html>"
    return "CHAT_UNAVAILABLE"


def _quota_unavailable(world: World, error: ServiceError) -> str:
    world.quota.reserve_error = error("ProvisionedThroughputExceededException")
    return "QUOTA_UNAVAILABLE"


def _quota_unreachable(world: World, _error: ServiceError) -> str:
    world.quota.reserve_error = EndpointConnectionError(endpoint_url="https://dynamodb")
    return "QUOTA_UNAVAILABLE"


def _unexpected(world: World, _error: ServiceError) -> str:
    """The client of the chat function raises what nobody planned for."""
    world.chat.error = ZeroDivisionError("Hello was the message")
    return "UNEXPECTED"


def _quota_unexpected(world: World, _error: ServiceError) -> str:
    world.quota.reserve_error = RuntimeError("Hello was the message")
    return "UNEXPECTED"


def _settlement_unexpected(world: World, _error: ServiceError) -> str:
    world.quota.settle_error = RuntimeError("Hello was the message")
    return "UNEXPECTED"


BREAKS = [
    _chat_raises,
    _chat_times_out,
    _chat_is_denied,
    _chat_function_error,
    _chat_status,
    _chat_garbage,
    _quota_unavailable,
    _quota_unreachable,
    _unexpected,
    _quota_unexpected,
    _settlement_unexpected,
]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__.strip("_"))
def test_each_broken_dependency_ends_in_503_and_a_record(
    world: World, broken: Callable[[World, ServiceError], str], service_error: ServiceError
) -> None:
    reason = broken(world, service_error)
    response = world.ask("Hello")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert "answer" not in response.body
    assert (world.record["outcome"], world.record["reason"]) == ("unavailable", reason)
    assert world.bucket.keys == {f"audit/2026/11/23/{response.body['request_id']}.json"}
    assert ("FailedClosed", 1.0, ("service",), None) in world.metrics()
    assert (f'"reason":"{reason}"' in world.printed, "Hello" in world.printed) == (True, False)


@pytest.mark.parametrize("code", ["AccessDenied", "SlowDown", "InternalError"])
def test_without_an_audit_record_no_answer_is_released(
    world: World, code: str, service_error: ServiceError
) -> None:
    world.bucket.error = service_error(code)
    response = world.ask("Hello")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert "Paris" not in json.dumps(response.body)
    assert ("FailedClosed", 1.0, ("service",), None) in world.metrics()
    assert "Answered" not in {name for name, *_ in world.metrics()}


def test_the_record_is_written_before_the_answer_is_released(world: World) -> None:
    """The record already says ``answered`` when it is written, and nothing is written after it."""
    world.ask("Hello")
    assert len(world.bucket.calls) == 1
    assert world.record["outcome"] == "answered"


def test_a_failed_settlement_keeps_the_reservation_and_does_not_stop_the_answer(
    world: World, service_error: ServiceError
) -> None:
    world.quota.settle_error = service_error("InternalServerError")
    response = world.ask("Hello")
    assert response.status == 200
    assert world.quota.tokens > 500
    assert response.body["remaining"]["tokens"] == 20_000 - world.quota.tokens


@pytest.mark.parametrize("failing_call", [1, 2], ids=["request", "answer"])
def test_a_failing_engine_ends_in_503(
    world: World, failing_call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real = Engine.screen

    def screen(self: Engine, text: str, **arguments: Any) -> Screening:
        calls.append(text)
        if len(calls) == failing_call:
            return Screening(Action.BLOCK, Reason.DETECTOR_FAILED, "")
        return real(self, text, **arguments)

    monkeypatch.setattr(Engine, "screen", screen)
    response = world.ask("Hello")
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert world.record["reason"] == "DETECTOR_FAILED"


def test_an_unexpected_error_ends_in_503_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: int) -> int:
        raise ZeroDivisionError("Hello was the message")

    monkeypatch.setattr(flow_module, "reserved_tokens", broken)
    response = world.ask("Hello")
    assert response.status == 503
    assert (world.record["outcome"], world.record["reason"]) == ("unavailable", "UNEXPECTED")
    assert '"ZeroDivisionError"' in world.printed
    assert "Hello was" not in world.printed
    assert ("FailedClosed", 1.0, ("service",), None) in world.metrics()


@pytest.mark.parametrize("user", [None, "", 7, "a b", "../x", "x" * 129, {"sub": "x"}])
def test_without_an_identity_nothing_is_answered(
    world: World, user: object, make_event: Callable[..., dict[str, Any]]
) -> None:
    response = world.send(make_event('{"message":"Hello"}', user=user))
    assert (response.status, response.body["outcome"]) == (503, "unavailable")
    assert (world.chat.calls, world.quota.calls) == ([], [])
    assert world.record["reason"] == "IDENTITY_MISSING"


@pytest.mark.parametrize(
    "request_context",
    [None, [], "x", {}, {"authorizer": None}, {"authorizer": {}}, {"authorizer": {"claims": None}}],
)
def test_an_event_without_claims_is_refused(world: World, request_context: object) -> None:
    response = world.send({"body": '{"message":"Hello"}', "requestContext": request_context})
    assert response.status == 503
    assert world.chat.calls == []
    assert world.record["reason"] == "IDENTITY_MISSING"
