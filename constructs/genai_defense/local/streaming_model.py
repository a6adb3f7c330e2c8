"""ConverseStream over the model's server, piece by piece."""

import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

from genai_defense.local.clients import emulator_module
from genai_defense.local.streaming import Answer, Function, Pipe, stream_of

_TIMEOUT_SECONDS = 60.0
_STOPS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use"}


def streaming_converse(original: Function) -> Function:
    """Bedrock's ConverseStream, on the event loop.

    The emulator's own answers what needs no model: a request that is refused.
    """

    async def converse(model_id: str, headers: Any, body: bytes) -> Answer:
        bedrock = emulator_module("services.bedrock_runtime")
        request: dict[str, Any] = json.loads(body or b"{}")
        rail = request.get("guardrailConfig", {})
        guardrail = bedrock._resolve_guardrail(  # noqa: SLF001 - patches_streaming.py checks
            rail.get("guardrailIdentifier", ""), rail.get("guardrailVersion", "DRAFT")
        )
        if guardrail is None or _refused(bedrock, guardrail, request):
            answer: Answer = original(model_id, headers, body)
            return answer
        pipe = Pipe()
        speech = _Speech(bedrock, guardrail, request, model_id, pipe.write)
        pipe.start(speech.run)
        return 200, {"Content-Type": "application/vnd.amazon.eventstream"}, stream_of(pipe)

    return converse


def _refused(bedrock: Any, guardrail: Any, request: dict[str, Any]) -> bool:
    asked = bedrock._last_user_text(request.get("messages", []))  # noqa: SLF001 - patches_streaming.py checks
    return bool(bedrock._evaluate_guardrail(guardrail, "INPUT", asked)["blocked"])  # noqa: SLF001 - the same


class _Speech:
    """One answer of the model's server as events of Bedrock."""

    def __init__(
        self,
        bedrock: Any,
        guardrail: Any,
        request: dict[str, Any],
        model_id: str,
        write: Callable[[bytes], None],
    ) -> None:
        self._bedrock = bedrock
        self._guardrail = guardrail
        self._request = request
        self._model_id = model_id
        self._write = write
        self._calls: dict[int, dict[str, str]] = {}
        self._stop = "end_turn"
        self._usage = (0, 0)

    def run(self) -> dict[str, Any]:
        self._event("messageStart", {"role": "assistant"})
        for text in self._texts():
            judged = self._bedrock._evaluate_guardrail(self._guardrail, "OUTPUT", text)  # noqa: SLF001 - patches_streaming.py checks
            if judged["blocked"]:
                self._text(self._guardrail.get("BlockedOutputsMessaging") or "Blocked by guardrail.")
                self._stop, self._calls = "guardrail_intervened", {}
                break
            self._text(judged["masked_text"] if judged["anonymized"] else text)
        self._event("contentBlockStop", {"contentBlockIndex": 0})
        for index, call in self._calls.items():
            self._tool(index + 1, call)
        self._event("messageStop", {"stopReason": self._stop})
        read, wrote = self._usage
        usage = {"inputTokens": read, "outputTokens": wrote, "totalTokens": read + wrote}
        self._event("metadata", {"usage": usage, "metrics": {"latencyMs": 1}})
        return {}

    def _event(self, kind: str, payload: dict[str, Any]) -> None:
        self._write(self._bedrock._es_event(kind, payload))  # noqa: SLF001 - patches_streaming.py checks

    def _text(self, text: str) -> None:
        self._event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": text}})

    def _tool(self, index: int, call: dict[str, str]) -> None:
        start = {"toolUse": {"toolUseId": call["id"], "name": call["name"]}}
        self._event("contentBlockStart", {"contentBlockIndex": index, "start": start})
        delta = {"toolUse": {"input": call["arguments"]}}
        self._event("contentBlockDelta", {"contentBlockIndex": index, "delta": delta})
        self._event("contentBlockStop", {"contentBlockIndex": index})

    def _texts(self) -> Iterator[str]:
        for chunk in self._chunks():
            for choice in chunk.get("choices", []):
                delta: dict[str, Any] = choice.get("delta", {})
                if delta.get("content"):
                    yield delta["content"]
                calls: list[dict[str, Any]] = delta.get("tool_calls") or []
                for call in calls:
                    self._collect(call)
                if choice.get("finish_reason"):
                    self._stop = _STOPS.get(choice["finish_reason"], "end_turn")
            usage = chunk.get("usage")
            if usage:
                self._usage = (usage["prompt_tokens"], usage["completion_tokens"])

    def _collect(self, call: dict[str, Any]) -> None:
        index = call.get("index", 0)
        known = self._calls.setdefault(index, {"id": f"call-{index}", "name": "", "arguments": ""})
        known["id"] = call.get("id") or known["id"]
        function = call.get("function", {})
        known["name"] += function.get("name") or ""
        known["arguments"] += function.get("arguments") or ""

    def _chunks(self) -> Iterator[dict[str, Any]]:
        """Server-sent events of an OpenAI-compatible server."""
        with urllib.request.urlopen(self._http_request(), timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - the user's own server
            for line in response:
                data = line.decode().strip().removeprefix("data:").strip()
                if data == "[DONE]":
                    return
                if data:
                    yield json.loads(data)

    def _http_request(self) -> urllib.request.Request:
        bedrock, request = self._bedrock, self._request
        tools, choice = bedrock._openai_tools(request.get("toolConfig"))  # noqa: SLF001 - patches_streaming.py checks
        payload: dict[str, Any] = {
            "model": self._model_id,
            "messages": bedrock._openai_messages(request.get("messages", []), request.get("system", [])),  # noqa: SLF001 - the same
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": request.get("inferenceConfig", {}).get("maxTokens", 1024),
            **({"tools": tools} if tools else {}),
            **({"tool_choice": choice} if choice else {}),
        }
        url = f"{os.environ['MINISTACK_BEDROCK_PROXY_URL']}/v1/chat/completions"
        headers = {"Content-Type": "application/json"}
        return urllib.request.Request(url, json.dumps(payload).encode(), headers)  # noqa: S310 - the same
