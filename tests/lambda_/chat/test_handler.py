"""The Lambda entry: every failure is one exception that quotes nothing."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from chat import handler as handler_module
from chat import runtime
from chat.knowledge import KnowledgeBase
from chat.retriever import NoRetriever
from chat.telemetry import logger, metrics
from chat.tools import NoTools, ToolBroker
from streaming_runtime import StreamedResponse
from user_session import SessionCredentials

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Iterator, Mapping

    from aws_lambda_powertools.utilities.typing import LambdaContext

    from chat.turn import Turn

ANSWERED = {
    "answer": "zeppelin-answer",
    "stop_reason": "end_turn",
    "guardrail_intervened": False,
    "usage": {"input_tokens": 40, "output_tokens": 10},
}


class _Chat:
    """Stands for ``Chat``."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def answer(self, _turn: Turn, emit: Callable[[str], None] | None) -> dict[str, Any]:
        if emit is not None:
            emit("zeppelin-")
        if self.error is not None:
            raise self.error
        if emit is not None:
            emit("answer")
        return ANSWERED


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Gives what the function logged and printed.

    Powertools' handler holds on to the stdout of the moment it was made, so it gets a stream of its own.
    """
    stream = io.StringIO()
    handler = cast("logging.StreamHandler[Any]", logger.registered_handler)
    stdout = handler.setStream(stream)
    yield lambda: capsys.readouterr().out + stream.getvalue()
    handler.setStream(stdout)
    metrics.clear_metrics()


@pytest.fixture
def fresh_runtime(aws_environment: pytest.MonkeyPatch, environment: Mapping[str, str]) -> Iterator[None]:
    """No cached flow, no settings."""
    for name in environment:
        aws_environment.delenv(name, raising=False)
    runtime.chat.cache_clear()
    yield
    runtime.chat.cache_clear()


def test_a_turn_is_answered_and_its_tokens_are_counted(
    payload: dict[str, Any],
    context: LambdaContext,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handler_module, "chat", _Chat)
    assert handler_module.handler(payload, context) == ANSWERED
    lines = printed().split("\n")
    metrics = json.loads(lines[0])
    assert (metrics["service"], metrics["InputTokens"], metrics["OutputTokens"]) == ("chat", [40.0], [10.0])
    assert '"answered"' in lines[1]


def test_no_word_of_message_or_answer_is_printed(
    payload: dict[str, Any],
    context: LambdaContext,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handler_module, "chat", _Chat)
    handler_module.handler(payload, context)
    output = printed()
    assert not [word for word in ("capital", "zeppelin", "canary-") if word in output]


@pytest.mark.parametrize("error", [RuntimeError("xylophone-message"), KeyError("xylophone-message")])
def test_a_failure_names_its_class_and_quotes_nothing(
    error: Exception,
    payload: dict[str, Any],
    context: LambdaContext,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handler_module, "chat", lambda: _Chat(error))
    with pytest.raises(handler_module.ChatFailedError) as caught:
        handler_module.handler(payload, context)
    assert str(caught.value) == type(error).__name__
    assert caught.value.__suppress_context__
    output = printed()
    assert "xylophone" not in output
    assert '"ChatFailed"' in output


def _written(payload: dict[str, Any], context: LambdaContext) -> list[dict[str, Any]]:
    """What the function streams, line by line, even when it breaks."""
    response = handler_module.handler(payload | {"stream": True}, context)
    assert isinstance(response, StreamedResponse)
    pieces: list[bytes] = []
    try:
        response.produce(pieces.append)
    finally:
        lines = [json.loads(line) for line in b"".join(pieces).split(b"\n")[:-1]]
    return lines


def test_a_streamed_turn_is_text_and_then_the_rest(
    payload: dict[str, Any],
    context: LambdaContext,
    printed: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handler_module, "chat", _Chat)
    rest = {name: value for name, value in ANSWERED.items() if name != "answer"}
    assert _written(payload, context) == [
        {"type": "text", "text": "zeppelin-"},
        {"type": "text", "text": "answer"},
        {"type": "answer", **rest},
    ]
    output = printed()
    assert ('"OutputTokens"' in output, "zeppelin" in output) == (True, False)


@pytest.mark.usefixtures("printed")
def test_a_failure_in_the_stream_is_the_same_exception(
    payload: dict[str, Any], context: LambdaContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler_module, "chat", lambda: _Chat(RuntimeError("xylophone-message")))
    with pytest.raises(handler_module.ChatFailedError, match=r"^RuntimeError$"):
        _written(payload, context)


@pytest.mark.parametrize("stream", [1, "true", None, False])
@pytest.mark.usefixtures("printed")
def test_only_true_asks_for_a_stream(
    stream: object, payload: dict[str, Any], context: LambdaContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler_module, "chat", _Chat)
    assert handler_module.handler(payload | {"stream": stream}, context) == ANSWERED


@pytest.mark.usefixtures("fresh_runtime", "printed")
def test_without_its_settings_the_function_fails(payload: dict[str, Any], context: LambdaContext) -> None:
    with pytest.raises(handler_module.ChatFailedError, match="SettingsError"):
        handler_module.handler(payload, context)


@pytest.mark.usefixtures("printed")
def test_a_payload_of_another_form_fails(
    payload: dict[str, Any], context: LambdaContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler_module, "chat", _Chat)
    with pytest.raises(handler_module.ChatFailedError, match="TurnError"):
        handler_module.handler(payload | {"canary": "none"}, context)


@pytest.mark.usefixtures("fresh_runtime")
def test_the_model_is_asked_once_and_given_up_before_the_caller_gives_up(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    flow = runtime.chat()
    config = cast("Any", flow.model.client).meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.connect_timeout + config.read_timeout < 15
    assert isinstance(flow.toolbox, NoTools)
    assert isinstance(flow.retriever, NoRetriever)
    assert flow is runtime.chat()


@pytest.mark.usefixtures("fresh_runtime")
def test_tools_are_offered_when_a_broker_is_named_and_asked_once(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TOOLS_FUNCTION_NAME", "broker")
    toolbox = runtime.chat().toolbox
    assert isinstance(toolbox, ToolBroker)
    assert toolbox.function_name == "broker"
    assert [spec["toolSpec"]["name"] for spec in toolbox.specs]
    assert cast("Any", toolbox.client).meta.config.retries["total_max_attempts"] == 1


@pytest.mark.usefixtures("fresh_runtime", "printed")
def test_documents_are_looked_for_when_a_knowledge_base_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]
) -> None:
    named = {"KNOWLEDGE_BASE_ID": "KB12345678", "DOCUMENT_TABLE_NAME": "documents"}
    for name, value in {**environment, **named}.items():
        monkeypatch.setenv(name, value)
    retriever = runtime.chat().retriever
    assert isinstance(retriever, KnowledgeBase)
    assert (retriever.knowledge_base_id, retriever.register.table_name) == ("KB12345678", "documents")
    for client in (retriever.client, retriever.register.client):
        assert cast("Any", client).meta.config.retries["total_max_attempts"] == 1
    retriever.count("RetrievalUnavailable", 1)
    assert "RetrievalUnavailable" in metrics.metric_set


@pytest.mark.usefixtures("fresh_runtime")
def test_the_table_is_reached_with_the_sessions_credentials(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    session = SessionCredentials("key-of-user", "secret", "token", cast("Any", None))
    client: Any = runtime.chat().conversations.connect(session)
    used = client._request_signer._credentials  # noqa: SLF001 - boto3 shows the credentials nowhere else
    assert (used.access_key, used.secret_key, used.token) == ("key-of-user", "secret", "token")
