"""Whatever breaks: 503 without details, and nothing done for nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from conversations import handler as handler_module
from conversations import runtime
from conversations.settings import Settings
from function_environment import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from tests.lambda_.conversations.conftest import World

LAMBDA = Path(__file__).resolve().parents[3] / "lambda"
ID = "33936dae-20a4-42bd-9de9-0ef16bcd8563"
ENVIRONMENT = {
    "CONVERSATION_TABLE_NAME": "conversations",
    "QUOTA_TABLE_NAME": "quota",
    "STANDING_TABLE_NAME": "standing",
    "ROWS_ROLE_ARN": "arn:aws:iam::123456789012:role/rows",
    "REVIEW_QUEUE_URL": "https://queue",
    "REQUESTS_PER_DAY": "50",
    "TOKENS_PER_DAY": "1000",
}
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/api/usage", {}),
    ("GET", "/api/conversations", {}),
    ("GET", "/api/conversations/{conversation_id}", {"pathParameters": {"conversation_id": ID}}),
    ("DELETE", "/api/conversations/{conversation_id}", {"pathParameters": {"conversation_id": ID}}),
    ("DELETE", "/api/me/data", {}),
    (
        "POST",
        "/api/feedback",
        {"body": json.dumps({"conversation_id": ID, "request_id": "r", "rating": "wrong"})},
    ),
]
ERRORS = [
    ClientError({"Error": {"Code": "AccessDenied", "Message": "marker-word"}}, "Operation"),
    ReadTimeoutError(endpoint_url="https://marker-word"),
    RuntimeError("marker-word"),
]


def _closed(world: World, answer: tuple[int, dict[str, Any]]) -> None:
    status, body = answer
    assert (status, body["outcome"]) == (503, "unavailable")
    assert set(body) == {"outcome", "message", "request_id"}
    assert "marker-word" not in world.printed + json.dumps(body)
    assert '"FailedClosed"' in world.printed


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(("method", "resource", "event"), CALLS, ids=lambda value: str(value)[:30])
def test_a_broken_store_is_503_without_details(
    world: World, method: str, resource: str, event: dict[str, Any], error: Exception
) -> None:
    world.store.error = error
    _closed(world, world.call(method, resource, **event))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(("method", "resource", "event"), CALLS, ids=lambda value: str(value)[:30])
def test_without_a_session_nothing_is_read(
    world: World, method: str, resource: str, event: dict[str, Any], error: Exception
) -> None:
    world.sessions.error = error
    _closed(world, world.call(method, resource, **event))
    assert world.store.calls == []


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_feedback_that_is_not_queued_is_not_accepted(world: World, error: Exception) -> None:
    world.keep(ID, "message")
    world.queue.error = error
    _closed(world, world.call(*CALLS[-1][:2], **CALLS[-1][2]))


@pytest.mark.parametrize("user", [None, "", "a b", 7, "x" * 129])
@pytest.mark.parametrize(("method", "resource", "event"), CALLS, ids=lambda value: str(value)[:30])
def test_nobody_gets_nothing(
    world: World, method: str, resource: str, event: dict[str, Any], user: object
) -> None:
    _closed(world, world.call(method, resource, user=user, **event))
    assert world.store.calls == []


@pytest.mark.parametrize("event", [None, [], "x", 7, {}, {"httpMethod": "GET"}, {"resource": "/api/usage"}])
def test_an_event_of_any_shape_gets_a_proxy_response(world: World, event: object) -> None:
    assert world.send(event)[0] == 404


def test_a_row_of_another_form_is_503(world: World) -> None:
    key = {"pk": {"S": "6f1f2c1e-5d0a-4b5e-9c3e-1a2b3c4d5e6f"}, "sk": {"S": f"list#{ID}"}}
    far = {"expires_at": {"N": "9999999999"}}
    world.store.client.put_item(TableName=world.table, Item={**key, **far, "title": {"N": "1"}})
    _closed(world, world.call("GET", "/api/conversations"))


@pytest.fixture
def fresh_runtime(aws_environment: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in ENVIRONMENT:
        aws_environment.delenv(name, raising=False)
    runtime.service.cache_clear()
    yield aws_environment
    runtime.service.cache_clear()
    handler_module.metrics.clear_metrics()


@pytest.mark.parametrize("missing", ENVIRONMENT)
def test_without_its_settings_the_function_answers_nothing(
    fresh_runtime: pytest.MonkeyPatch, context: LambdaContext, missing: str
) -> None:
    for name, value in ENVIRONMENT.items():
        if name != missing:
            fresh_runtime.setenv(name, value)
    event = {"httpMethod": "GET", "resource": "/api/health"}
    assert handler_module.handler(event, context)["statusCode"] == 503
    with pytest.raises(SettingsError, match=f"{missing} is not set.*conversations function"):
        Settings.from_environment({name: text for name, text in ENVIRONMENT.items() if name != missing})


def test_with_them_it_builds_once(fresh_runtime: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        fresh_runtime.setenv(name, value)
    assert runtime.service() is runtime.service()


def test_nothing_in_it_knows_how_to_reach_a_model() -> None:
    code = "".join(path.read_text() for path in (LAMBDA / "conversations").glob("*.py"))
    assert not [word for word in ("bedrock", '"lambda"', "converse(", "invoke(") if word in code]
