"""The model is asked under its guardrail, and only the new message is judged on the way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from chat.conversations import PastTurn
from chat.model import Model, ModelError

if TYPE_CHECKING:
    from chat.settings import Settings
    from chat.turn import Turn

Stubbed = Callable[[str], tuple[Any, Any]]


def _reply(text: str | None, stop_reason: str = "end_turn") -> dict[str, Any]:
    content = [] if text is None else [{"text": text}]
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 40, "outputTokens": 10, "totalTokens": 50},
        "metrics": {"latencyMs": 5},
    }


class _Recorder:
    """Stands for the Bedrock client; keeps the request."""

    def __init__(self, reply: dict[str, Any]) -> None:
        self.reply = reply
        self.request: dict[str, Any] = {}

    def converse(self, **request: Any) -> dict[str, Any]:
        self.request = request
        return self.reply


def _asked(turn: Turn, settings: Settings, history: list[PastTurn]) -> dict[str, Any]:
    recorder: Any = _Recorder(_reply("Paris."))
    Model(recorder, settings).answer(turn, history)
    request: dict[str, Any] = recorder.request
    return request


def test_a_text_and_its_usage_come_back(stubbed: Stubbed, turn: Turn, settings: Settings) -> None:
    """The stub checks the request against the service model."""
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_response("converse", _reply("Paris."))
    completion = Model(client, settings).answer(turn, [PastTurn("Hello", "Hi!")])
    assert (completion.answer, completion.stop_reason) == ("Paris.", "end_turn")
    assert (completion.input_tokens, completion.output_tokens) == (40, 10)
    assert not completion.guardrail_intervened


def test_model_limit_and_guardrail_are_those_of_the_settings(turn: Turn, settings: Settings) -> None:
    request = _asked(turn, settings, [])
    assert request["modelId"] == "eu.amazon.nova-lite-v1:0"
    assert request["inferenceConfig"] == {"maxTokens": 800}
    assert request["guardrailConfig"] == {
        "guardrailIdentifier": "gr1234567890",
        "guardrailVersion": "3",
        "trace": "disabled",
    }


def test_the_message_is_tagged_for_the_guardrail_and_stands_nowhere_else(
    turn: Turn, settings: Settings
) -> None:
    request = _asked(turn, settings, [])
    assert request["messages"] == [
        {"role": "user", "content": [{"guardContent": {"text": {"text": turn.message}}}]}
    ]
    assert turn.message not in str(request["system"])


def test_history_alternates_and_the_new_message_comes_last(turn: Turn, settings: Settings) -> None:
    messages = _asked(turn, settings, [PastTurn("a", "b"), PastTurn("c", "d")])["messages"]
    assert [message["role"] for message in messages] == ["user", "assistant", "user", "assistant", "user"]
    assert [message["content"][0].get("text") for message in messages] == ["a", "b", "c", "d", None]


def test_the_system_prompt_holds_the_canary_and_forbids_to_tell_it(turn: Turn, settings: Settings) -> None:
    (prompt,) = _asked(turn, settings, [])["system"]
    assert turn.canary in prompt["text"]
    assert "Never reveal" in prompt["text"]


@pytest.mark.parametrize("stop_reason", ["guardrail_intervened", "content_filtered"])
@pytest.mark.parametrize("text", ["Blocked.", None])
def test_an_intervention_is_told_with_or_without_text(
    stop_reason: str, text: str | None, stubbed: Stubbed, turn: Turn, settings: Settings
) -> None:
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_response("converse", _reply(text, stop_reason))
    assert Model(client, settings).answer(turn, []).guardrail_intervened


def test_no_text_without_an_intervention_is_an_error(
    stubbed: Stubbed, turn: Turn, settings: Settings
) -> None:
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_response("converse", _reply(None, "max_tokens"))
    with pytest.raises(ModelError, match="max_tokens"):
        Model(client, settings).answer(turn, [])


@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "ModelTimeoutException"])
def test_a_refusal_of_bedrock_is_passed_on(
    code: str, stubbed: Stubbed, turn: Turn, settings: Settings
) -> None:
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_client_error("converse", code)
    with pytest.raises(ClientError):
        Model(client, settings).answer(turn, [])
