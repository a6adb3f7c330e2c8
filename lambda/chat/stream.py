"""Reads the events of ConverseStream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chat.completion import ModelError, Reply, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class InterruptedStreamError(ModelError):
    """The stream broke after some of its text had gone out; chained to what broke it."""


class _Answer:
    """An answer as it comes in."""

    def __init__(self, emit: Callable[[str], None]) -> None:
        self._emit = emit
        self._blocks: dict[int, dict[str, Any]] = {}
        self._inputs: dict[int, str] = {}
        self._stop_reason: str | None = None
        self._usage: Usage | None = None
        self.emitted = False

    def take(self, event: Mapping[str, Any]) -> None:
        """Take one event; those that are not named here say nothing that is needed."""
        if "contentBlockStart" in event:
            self._start(event["contentBlockStart"])
        elif "contentBlockDelta" in event:
            self._add(event["contentBlockDelta"])
        elif "messageStop" in event:
            self._stop_reason = event["messageStop"]["stopReason"]
        elif "metadata" in event:
            usage = event["metadata"]["usage"]
            self._usage = Usage(usage["inputTokens"], usage["outputTokens"])

    def _start(self, block: Mapping[str, Any]) -> None:
        use = block.get("start", {}).get("toolUse")
        if use:
            index = block["contentBlockIndex"]
            self._blocks[index] = {"toolUse": {"toolUseId": use["toolUseId"], "name": use["name"]}}
            self._inputs[index] = ""

    def _add(self, block: Mapping[str, Any]) -> None:
        """Reasoning is neither shown nor sent back."""
        index, delta = block["contentBlockIndex"], block["delta"]
        if delta.get("text"):
            self._blocks.setdefault(index, {"text": ""})["text"] += delta["text"]
            self.emitted = True
            self._emit(delta["text"])
        elif "toolUse" in delta:
            self._inputs[index] += delta["toolUse"].get("input", "")

    def reply(self) -> Reply:
        """The whole answer."""
        if self._stop_reason is None or self._usage is None:
            raise ModelError("The stream ended without a stop reason or without its usage.")
        stop_reason = self._stop_reason
        for index, text in self._inputs.items():
            arguments = _object(text)
            if arguments is None:
                stop_reason = "malformed_tool_use"
            self._blocks[index]["toolUse"]["input"] = arguments or {}
        content = [self._blocks[index] for index in sorted(self._blocks)]
        return Reply(content=content, stop_reason=stop_reason, usage=self._usage)


def _object(text: str) -> dict[str, Any] | None:
    try:
        parsed: Any = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None  # pyright: ignore[reportUnknownVariableType] - JSON


def read_stream(events: Iterable[Any], emit: Callable[[str], None]) -> Reply:
    """Read one answer.

    Args:
        events: Events of ConverseStream; iterating raises when Bedrock reports an error.
        emit: Gets each piece of text when it comes.

    Returns:
        The whole answer; with the stop reason ``malformed_tool_use`` when a tool's arguments are no object.

    Raises:
        InterruptedStreamError: It broke after a piece of text.
        ModelError: It ended without a stop reason or without its usage.
        botocore.exceptions.EventStreamError: It broke before any text.
    """
    answer = _Answer(emit)
    try:
        for event in events:
            answer.take(event)
    except Exception as error:
        if answer.emitted:
            raise InterruptedStreamError("The stream broke in the middle.") from error
        raise
    return answer.reply()
