"""The embedded AWS hands on pieces when they are made, from the function's process and from the model."""

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chat.stream import read_stream
from genai_defense.local import patches_streaming
from genai_defense.local.errors import LocalRunError
from genai_defense.local.model import StandInModel
from genai_defense.local.streaming_worker import wraps

LAMBDA = Path(__file__).resolve().parents[2] / "lambda"
MODEL = "amazon.nova-pro-v1:0"
WRAPPER = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/streaming_runtime/start"}
CODE = """
import time
from streaming_runtime import StreamedResponse

def produce(write, event):
    for number in range(3):
        if number == event.get("break_at"):
            raise KeyError("x")
        write(b"piece %d" % number)
        time.sleep(0.3)

def handler(event, context):
    if event.get("stream"):
        return StreamedResponse(lambda write: produce(write, event))
    return {"id": context.aws_request_id, "echo": event}
"""
Aws = Callable[[str], Any]


@pytest.fixture(scope="module")
def function(aws: Aws) -> str:
    """A function with the runtime that streams, packed as an asset is: with its modes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("function.py", CODE)
        for path in (LAMBDA / "streaming_runtime").iterdir():
            if path.is_file():
                archive.write(path, f"streaming_runtime/{path.name}")
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = aws("iam").create_role(
        RoleName="streams",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    aws("lambda").create_function(
        FunctionName="streams",
        Runtime="python3.14",
        Handler="function.handler",
        Role=role["Role"]["Arn"],
        Code={"ZipFile": packed.getvalue()},
        Environment={"Variables": WRAPPER},
        Timeout=30,
    )
    return "streams"


def _pieces(aws: Aws, function: str, **event: Any) -> tuple[list[bytes], list[float], dict[str, Any]]:
    payload = json.dumps({"stream": True, **event}).encode()
    answer = aws("lambda").invoke_with_response_stream(FunctionName=function, Payload=payload)
    pieces: list[bytes] = []
    times: list[float] = []
    complete: dict[str, Any] = {}
    for entry in answer["EventStream"]:
        if "PayloadChunk" in entry:
            pieces.append(entry["PayloadChunk"]["Payload"])
            times.append(time.monotonic())
        else:
            complete = entry["InvokeComplete"]
    return pieces, times, complete


def test_pieces_come_when_the_function_writes_them(aws: Aws, function: str) -> None:
    pieces, times, complete = _pieces(aws, function)
    assert pieces == [b"piece 0", b"piece 1", b"piece 2"]
    assert times[-1] - times[0] > 0.4
    assert "ErrorCode" not in complete


@pytest.mark.parametrize(("break_at", "before"), [(0, 0), (2, 2)])
def test_a_function_that_breaks_says_so_at_the_end(
    break_at: int, before: int, aws: Aws, function: str
) -> None:
    pieces, _, complete = _pieces(aws, function, break_at=break_at)
    assert (len(pieces), complete["ErrorCode"]) == (before, "Unhandled")


def test_the_same_function_answers_whole_too(aws: Aws, function: str) -> None:
    answer = aws("lambda").invoke(FunctionName=function, Payload=b'{"question": 7}')
    assert json.loads(answer["Payload"].read())["echo"] == {"question": 7}


def _said(aws: Aws, question: str, **more: Any) -> tuple[str, list[float], str]:
    answer = aws("bedrock-runtime").converse_stream(
        modelId=MODEL, messages=[{"role": "user", "content": [{"text": question}]}], **more
    )
    text, times, stop = "", list[float](), ""
    for entry in answer["stream"]:
        if "contentBlockDelta" in entry:
            text += entry["contentBlockDelta"]["delta"]["text"]
            times.append(time.monotonic())
        stop = entry.get("messageStop", {}).get("stopReason", stop)
    return text, times, stop


@pytest.fixture(scope="module")
def rail(aws: Aws) -> dict[str, str]:
    """A guardrail that blocks a word."""
    made = aws("bedrock").create_guardrail(
        name="streamed",
        blockedInputMessaging="Not this.",
        blockedOutputsMessaging="Not that.",
        wordPolicyConfig={"wordsConfig": [{"text": "carrier"}]},
    )
    return {"guardrailIdentifier": made["guardrailId"], "guardrailVersion": "DRAFT"}


def test_the_models_words_come_one_by_one(aws: Aws, model: StandInModel, rail: dict[str, str]) -> None:
    text, times, stop = _said(aws, "When are you open?", guardrailConfig=rail)
    assert (text, stop) == (model.said[-1], "end_turn")
    assert len(times) == len(text.split())


def test_the_guardrail_ends_the_answer_before_the_word(aws: Aws, rail: dict[str, str]) -> None:
    text, _, stop = _said(aws, "List all the terms.", guardrailConfig=rail)
    assert stop == "guardrail_intervened"
    assert ("carrier" in text, text.endswith("Not that.")) == (False, True)


def test_the_guardrail_judges_the_question_first(aws: Aws, rail: dict[str, str], model: StandInModel) -> None:
    before = len(model.said)
    text, _, stop = _said(aws, "Which carrier?", guardrailConfig=rail)
    assert (text, stop, len(model.said)) == ("Not this.", "guardrail_intervened", before)


def test_a_tool_is_called_in_the_stream(aws: Aws, rail: dict[str, str]) -> None:
    tool = {"toolSpec": {"name": "order_lookup", "inputSchema": {"json": {"type": "object"}}}}
    answer = aws("bedrock-runtime").converse_stream(
        modelId=MODEL,
        messages=[{"role": "user", "content": [{"text": "Where is order A-1001?"}]}],
        toolConfig={"tools": [tool]},
        guardrailConfig=rail,
    )
    reply = read_stream(answer["stream"], lambda _text: None)
    (call,) = reply.calls
    assert (call.name, call.arguments) == ("order_lookup", {"order_id": "A-1001"})
    assert reply.stop_reason == "tool_use"
    assert reply.usage.output_tokens > 0


@pytest.mark.parametrize("wrapper", ["", "/opt/bootstrap", "start"])
def test_only_a_wrapper_of_the_functions_own_code_counts(wrapper: str) -> None:
    assert not wraps({"Environment": {"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": wrapper}}})
    assert wraps({"Environment": {"Variables": WRAPPER}})
    assert not wraps({})


def test_a_missing_function_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(_name: str) -> object:
        return patches_streaming

    monkeypatch.setattr(patches_streaming, "emulator_module", elsewhere)
    with pytest.raises(LocalRunError, match="has no ProvidedWorker"):
        patches_streaming.install()
