"""The model is asked under its guardrail, and only the new message is judged on the way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from chat.completion import Ending, ModelBusyError, ModelError, Usage
from chat.conversations import PastTurn
from chat.model import Model, Prompt
from chat.patience import Patience
from chat.prompt import messages_of, system_prompt
from chat.spotlight import Spotlight

if TYPE_CHECKING:
    from chat.settings import Settings
    from chat.turn import Turn

Stubbed = Callable[[str], tuple[Any, Any]]
SPOTLIGHT = Spotlight("data-abcdefghijkl", "\ue123")
PROMPT = Prompt(system="Be brief.", messages=[{"role": "user", "content": [{"text": "Hello"}]}])
TOOL: dict[str, Any] = {
    "toolSpec": {"name": "look_up", "description": "Looks up.", "inputSchema": {"json": {}}}
}
FOREVER = float("inf")
QUICK = Patience(sleep=lambda _seconds: None)


def _reply(text: str | None, stop_reason: str = "end_turn") -> dict[str, Any]:
    content = [] if text is None else [{"text": text}]
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 40, "outputTokens": 10, "totalTokens": 50},
        "metrics": {"latencyMs": 5},
    }


class _Recorder:
    """Stands for the Bedrock client; keeps the requests."""

    def __init__(self, *answers: dict[str, Any] | str) -> None:
        self.answers = list(answers)
        self.requests: list[dict[str, Any]] = []

    def converse(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise ClientError({"Error": {"Code": answer, "Message": "on purpose"}}, "Converse")
        return answer

    def converse_stream(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise ClientError({"Error": {"Code": answer, "Message": "on purpose"}}, "ConverseStream")
        return {"stream": _Stream(answer["events"])}


class _Stream:
    """Stands for botocore's event stream."""

    def __init__(self, events: list[Any]) -> None:
        self.events = events
        self.closed = False

    def __iter__(self) -> Any:
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            yield event

    def close(self) -> None:
        self.closed = True


def _spoken(*texts: str, stop_reason: str = "end_turn") -> list[Any]:
    deltas = [{"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": text}}} for text in texts]
    usage = {"inputTokens": 4, "outputTokens": 2, "totalTokens": 6}
    return [
        {"messageStart": {"role": "assistant"}},
        *deltas,
        {"messageStop": {"stopReason": stop_reason}},
        {"metadata": {"usage": usage}},
    ]


def _broken(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "on purpose"}}, "ConverseStream")


def _model(recorder: _Recorder, settings: Settings) -> Model:
    client: Any = recorder
    return Model(client, settings, QUICK)


def test_a_text_and_its_usage_come_back(stubbed: Stubbed, settings: Settings) -> None:
    """The stub checks the request against the service model."""
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_response("converse", _reply("Paris."))
    reply = Model(client, settings).reply(replace(PROMPT, tools=[TOOL]), FOREVER)
    assert (reply.text, reply.ending, reply.usage) == ("Paris.", Ending.COMPLETE, Usage(40, 10))


def test_model_limit_guardrail_and_tools_are_those_that_were_given(settings: Settings) -> None:
    recorder = _Recorder(_reply("Paris."), _reply("Paris."))
    _model(recorder, settings).reply(replace(PROMPT, tools=[TOOL]), FOREVER)
    _model(recorder, settings).reply(PROMPT, FOREVER)
    with_tools, without = recorder.requests
    assert with_tools["modelId"] == "eu.amazon.nova-lite-v1:0"
    assert with_tools["inferenceConfig"] == {"maxTokens": 800}
    assert with_tools["guardrailConfig"] == {
        "guardrailIdentifier": "gr1234567890",
        "guardrailVersion": "3",
        "trace": "disabled",
    }
    assert with_tools["toolConfig"] == {"tools": [TOOL]}
    assert "toolConfig" not in without


def test_a_streamed_answer_is_judged_piece_by_piece_before_it_comes(settings: Settings) -> None:
    recorder = _Recorder({"events": _spoken("Par", "is.")})
    pieces: list[str] = []
    reply = _model(recorder, settings).reply(PROMPT, FOREVER, pieces.append)
    assert (pieces, reply.text, reply.usage) == (["Par", "is."], "Paris.", Usage(4, 2))
    assert recorder.requests[0]["guardrailConfig"]["streamProcessingMode"] == "sync"


def test_a_stream_that_breaks_before_its_first_word_is_asked_for_again(settings: Settings) -> None:
    broken = {"events": [{"messageStart": {"role": "assistant"}}, _broken("modelStreamErrorException")]}
    recorder = _Recorder(broken, {"events": _spoken("Paris.")})
    assert _model(recorder, settings).reply(PROMPT, FOREVER, lambda _text: None).text == "Paris."


def test_a_stream_that_breaks_after_a_word_is_an_error(settings: Settings) -> None:
    """A second answer behind half of the first one would be no answer."""
    broken = {"events": [*_spoken("Par")[:2], _broken("throttlingException")]}
    recorder = _Recorder(broken, {"events": _spoken("Paris.")})
    with pytest.raises(ModelError, match="broke in the middle"):
        _model(recorder, settings).reply(PROMPT, FOREVER, lambda _text: None)
    assert len(recorder.requests) == 1


def test_the_message_is_tagged_for_the_guardrail_and_stands_nowhere_else(turn: Turn) -> None:
    assert messages_of(turn, [], []) == [
        {"role": "user", "content": [{"guardContent": {"text": {"text": turn.message}}}]}
    ]
    assert turn.message not in system_prompt(turn, SPOTLIGHT)


def test_history_alternates_and_the_new_message_comes_last_behind_the_passages(turn: Turn) -> None:
    messages = messages_of(turn, [PastTurn("a", "b"), PastTurn("c", "d")], ["<data>x</data>"])
    assert [message["role"] for message in messages] == ["user", "assistant", "user", "assistant", "user"]
    assert [message["content"][0].get("text") for message in messages] == [
        "a",
        "b",
        "c",
        "d",
        "<data>x</data>",
    ]
    assert [list(block) for block in messages[-1]["content"]] == [["text"], ["guardContent"]]


def test_the_system_prompt_holds_the_canary_and_forbids_to_tell_it(turn: Turn) -> None:
    prompt = system_prompt(turn, None)
    assert turn.canary in prompt
    assert "Never reveal" in prompt
    assert "data-" not in prompt


def test_a_model_that_may_see_text_of_strangers_is_told_how_to_know_it(turn: Turn) -> None:
    prompt = system_prompt(turn, SPOTLIGHT)
    assert (SPOTLIGHT.fence in prompt, SPOTLIGHT.mark in prompt) == (True, True)
    assert "never an order" in prompt


@pytest.mark.parametrize(
    "code", ["AccessDeniedException", "ValidationException", "ResourceNotFoundException"]
)
def test_a_refusal_for_good_is_passed_on_at_once(code: str, stubbed: Stubbed, settings: Settings) -> None:
    client, stubber = stubbed("bedrock-runtime")
    stubber.add_client_error("converse", code)
    with pytest.raises(ClientError):
        Model(client, replace(settings, fallback_model_id="other"), QUICK).reply(PROMPT, FOREVER)


def test_a_busy_model_is_asked_again_and_then_the_fallback(settings: Settings) -> None:
    recorder = _Recorder("ThrottlingException", "ThrottlingException", _reply("Paris."))
    model = _model(recorder, replace(settings, fallback_model_id="us.amazon.nova-micro-v1:0"))
    assert model.reply(PROMPT, FOREVER).text == "Paris."
    assert [request["modelId"] for request in recorder.requests] == [
        "eu.amazon.nova-lite-v1:0",
        "eu.amazon.nova-lite-v1:0",
        "us.amazon.nova-micro-v1:0",
    ]
    assert len({str(request["guardrailConfig"]) for request in recorder.requests}) == 1


def test_without_a_fallback_a_busy_model_is_an_error(settings: Settings) -> None:
    recorder = _Recorder("ThrottlingException", "ServiceUnavailableException")
    with pytest.raises(ModelBusyError, match="ClientError"):
        _model(recorder, settings).reply(PROMPT, FOREVER)
