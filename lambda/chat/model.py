"""The call to the model, always under the managed guardrail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chat.completion import Reply, Usage
from chat.patience import Patience
from chat.stream import read_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient

    from chat.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What the model is given.

    Args:
        system: The system prompt.
        messages: The conversation, as Converse takes it.
        tools: Specifications of the tools on offer; may be empty.
    """

    system: str
    messages: Sequence[dict[str, Any]]
    tools: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Bedrock's Converse API with the approved models and one guardrail version.

    Args:
        client: Bedrock runtime, without retries.
        settings: Names models, guardrail and limit.
        patience: Asks again.
    """

    client: BedrockRuntimeClient
    settings: Settings
    patience: Patience = field(default_factory=Patience)

    def reply(self, prompt: Prompt, deadline: float, emit: Callable[[str], None] | None = None) -> Reply:
        """Ask the model.

        Args:
            prompt: What it is given.
            deadline: No attempt begins after it; on the clock of ``patience``.
            emit: Gets the text piece by piece, as the guardrail releases it; without it, the guardrail judges
                the text as a whole. Once it got something, the model is not asked again.

        Raises:
            ModelError: Nothing came back that may be passed on.
            botocore.exceptions.ClientError: Bedrock refused for good.
        """
        request = self._request(prompt)
        if emit is None:
            return self.patience.ask(self._models, lambda model: self._whole(model, request), deadline)
        return self.patience.ask(self._models, lambda model: self._streamed(model, request, emit), deadline)

    @property
    def _models(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.settings.model_id, self.settings.fallback_model_id)))

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        tools = {"toolConfig": {"tools": list(prompt.tools)}} if prompt.tools else {}
        return {
            "system": [{"text": prompt.system}],
            "messages": list(prompt.messages),
            "inferenceConfig": {"maxTokens": self.settings.max_output_tokens},
            "guardrailConfig": {
                "guardrailIdentifier": self.settings.guardrail_id,
                "guardrailVersion": self.settings.guardrail_version,
                # A trace quotes what it found.
                "trace": "disabled",
            },
            **tools,
        }

    def _whole(self, model_id: str, request: dict[str, Any]) -> Reply:
        response: Any = self.client.converse(modelId=model_id, **request)
        usage = response["usage"]
        return Reply(
            content=list(response["output"].get("message", {}).get("content", [])),
            stop_reason=response["stopReason"],
            usage=Usage(usage["inputTokens"], usage["outputTokens"]),
        )

    def _streamed(self, model_id: str, request: dict[str, Any], emit: Callable[[str], None]) -> Reply:
        streamed: dict[str, Any] = {
            **request,
            # In the synchronous mode each piece is judged before it is sent.
            "guardrailConfig": {**request["guardrailConfig"], "streamProcessingMode": "sync"},
        }
        response: Any = self.client.converse_stream(modelId=model_id, **streamed)
        stream = response["stream"]
        try:
            return read_stream(stream, emit)
        finally:
            stream.close()
