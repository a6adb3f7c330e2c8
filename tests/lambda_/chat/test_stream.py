"""Events of ConverseStream become the answer that Converse would have given."""

from __future__ import annotations

from typing import Any

import pytest

from chat.completion import Ending, ModelError, ToolCall, Usage
from chat.stream import InterruptedStreamError, read_stream

USAGE = {"metadata": {"usage": {"inputTokens": 4, "outputTokens": 2, "totalTokens": 6}}}


def _stop(reason: str) -> dict[str, Any]:
    return {"messageStop": {"stopReason": reason}}


def _text(text: str, index: int = 0) -> dict[str, Any]:
    return {"contentBlockDelta": {"contentBlockIndex": index, "delta": {"text": text}}}


def _tool(*pieces: str, index: int = 1) -> list[dict[str, Any]]:
    start = {"toolUse": {"toolUseId": f"call-{index}", "name": "look_up"}}
    return [
        {"contentBlockStart": {"contentBlockIndex": index, "start": start}},
        *(
            {"contentBlockDelta": {"contentBlockIndex": index, "delta": {"toolUse": {"input": piece}}}}
            for piece in pieces
        ),
        {"contentBlockStop": {"contentBlockIndex": index}},
    ]


def test_text_and_tools_are_put_together() -> None:
    events = [_text("One "), _text("moment."), *_tool('{"order', '": 7}'), _stop("tool_use"), USAGE]
    pieces: list[str] = []
    reply = read_stream(events, pieces.append)
    assert pieces == ["One ", "moment."]
    assert reply.content == [
        {"text": "One moment."},
        {"toolUse": {"toolUseId": "call-1", "name": "look_up", "input": {"order": 7}}},
    ]
    assert (reply.ending, reply.usage) == (Ending.TOOLS, Usage(4, 2))
    assert reply.calls == (ToolCall("call-1", "look_up", {"order": 7}),)


def test_a_tool_without_arguments_has_none() -> None:
    assert read_stream([*_tool(), _stop("tool_use"), USAGE], print).calls[0].arguments == {}


@pytest.mark.parametrize("arguments", ["{", "[]", "7", '"x"', "[" * 100_000])
def test_arguments_that_are_no_object_are_malformed(arguments: str) -> None:
    reply = read_stream([*_tool(arguments), _stop("tool_use"), USAGE], print)
    assert reply.ending is Ending.MALFORMED


def test_reasoning_is_not_shown() -> None:
    delta = {"reasoningContent": {"text": "The user is naive."}}
    events = [{"contentBlockDelta": {"contentBlockIndex": 0, "delta": delta}}, _text("Hi", 1)]
    pieces: list[str] = []
    assert read_stream([*events, _stop("end_turn"), USAGE], pieces.append).text == "Hi"
    assert pieces == ["Hi"]


@pytest.mark.parametrize("events", [[], [_text("x")], [_text("x"), _stop("end_turn")], [_text("x"), USAGE]])
def test_a_stream_without_an_end_is_no_answer(events: list[Any]) -> None:
    with pytest.raises(ModelError, match="without a stop reason or without its usage"):
        read_stream(events, lambda _text: None)


def test_a_listener_that_breaks_ends_the_reading() -> None:
    def gone(_text: str) -> None:
        raise BrokenPipeError

    with pytest.raises(InterruptedStreamError):
        read_stream([_text("x"), _stop("end_turn"), USAGE], gone)
