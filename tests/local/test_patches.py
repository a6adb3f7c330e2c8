"""The corrections of the emulator hold, and are noticed when they no longer fit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genai_defense.local import patches
from genai_defense.local.clients import aws_client
from genai_defense.local.emulator import Emulator
from genai_defense.local.errors import LocalRunError
from genai_defense.local.model import PLANTED_EMAIL, StandInModel

Aws = Callable[[str], Any]
_MODEL = "amazon.nova-pro-v1:0"


def _tagged(text: str) -> dict[str, Any]:
    return {"guardContent": {"text": {"text": text, "qualifiers": ["query"]}}}


def test_a_missing_function_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(_name: str) -> object:
        return patches

    monkeypatch.setattr(patches, "emulator_module", elsewhere)
    with pytest.raises(LocalRunError, match="has no _openai_messages"):
        patches.install()


def test_turns_keep_order_and_the_callers_own_list() -> None:
    messages: list[dict[str, Any]] = [
        {"role": "user", "content": [{"text": "plain"}, _tagged("tagged")]},
        {"role": "assistant", "content": []},
    ]
    before = json.dumps(messages)
    assert patches.plain_turns(messages)[0]["content"] == [{"text": "plain"}, {"text": "tagged"}]
    assert patches.plain_turns(messages, tagged_only=True)[0]["content"] == [{"text": "tagged"}]
    assert patches.plain_turns([{"content": [{"text": "a"}]}], tagged_only=True)[0]["content"] == [
        {"text": "a"}
    ]
    assert json.dumps(messages) == before


def test_a_tagged_question_reaches_the_model(aws: Aws, model: StandInModel) -> None:
    before = len(model.said)
    answer = aws("bedrock-runtime").converse(
        modelId=_MODEL,
        system=[{"text": "You sell shoes."}],
        messages=[{"role": "user", "content": [_tagged("When are you open?")]}],
    )
    assert answer["output"]["message"]["content"][0]["text"] == model.said[before]
    assert "Saturday" in model.said[before]


def test_the_guardrail_judges_the_tagged_text_only(aws: Aws) -> None:
    rail = aws("bedrock").create_guardrail(
        name="tagged",
        blockedInputMessaging="blocked",
        blockedOutputsMessaging="blocked",
        wordPolicyConfig={"wordsConfig": [{"text": "zeppelin"}]},
    )
    config = {"guardrailIdentifier": rail["guardrailId"], "guardrailVersion": "DRAFT"}

    def stop_reason(*blocks: dict[str, Any]) -> str:
        turn = [{"role": "user", "content": list(blocks)}]
        answer = aws("bedrock-runtime").converse(modelId=_MODEL, messages=turn, guardrailConfig=config)
        return str(answer["stopReason"])

    assert stop_reason(_tagged("a zeppelin")) == "guardrail_intervened"
    assert stop_reason({"text": "a zeppelin"}, _tagged("a ship")) == "end_turn"
    assert stop_reason({"text": "a zeppelin"}) == "guardrail_intervened"


def test_a_model_that_does_not_answer_is_an_error_not_a_canned_text(tmp_path: Path) -> None:
    with Emulator(
        state=tmp_path, log=tmp_path / "log", region="us-east-1", model_url="http://127.0.0.1:9"
    ) as alone:
        where = alone.endpoint
        runtime = aws_client("bedrock-runtime", url=where.url, region=where.region, account=where.account)
        turn = [{"role": "user", "content": [{"text": "Hi"}]}]
        with pytest.raises(runtime.exceptions.ModelErrorException, match="did not answer"):
            runtime.converse(modelId=_MODEL, messages=turn)


def test_the_guardrail_sees_what_the_model_says(aws: Aws) -> None:
    rail = aws("bedrock").create_guardrail(
        name="addresses",
        blockedInputMessaging="blocked",
        blockedOutputsMessaging="blocked",
        sensitiveInformationPolicyConfig={"piiEntitiesConfig": [{"type": "EMAIL", "action": "ANONYMIZE"}]},
    )
    answer = aws("bedrock-runtime").converse(
        modelId=_MODEL,
        messages=[{"role": "user", "content": [_tagged("Whom do I contact?")]}],
        guardrailConfig={"guardrailIdentifier": rail["guardrailId"], "guardrailVersion": "DRAFT"},
    )
    assert PLANTED_EMAIL not in answer["output"]["message"]["content"][0]["text"]
