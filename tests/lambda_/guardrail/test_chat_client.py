"""The chat client takes well-formed answers and nothing else."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrail.chat_answer import ChatAnswer, ChatUnavailableError
from guardrail.chat_client import ChatClient

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

GOOD: dict[str, Any] = {
    "answer": "Paris.",
    "stop_reason": "end_turn",
    "truncated": False,
    "guardrail_intervened": False,
    "usage": {"input_tokens": 4, "output_tokens": 2},
    "sources": [],
    "approvals": [],
    "withheld": [],
    "documents_unavailable": False,
}


class _Function:
    """Stands for the Lambda client; answers with the given bytes."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def invoke(self, **_arguments: Any) -> dict[str, Any]:
        return {"StatusCode": 200, "Payload": io.BytesIO(self.body)}


def _ask(body: bytes) -> ChatAnswer:
    client = cast("LambdaClient", _Function(body))
    return ChatClient(client, client, "chat").ask({"message": "x"})


def test_a_good_answer_is_read() -> None:
    answer = _ask(json.dumps(GOOD).encode())
    assert answer == ChatAnswer(
        answer="Paris.", guardrail_intervened=False, truncated=False, input_tokens=4, output_tokens=2
    )
    assert answer.tokens == 6


def test_an_intervention_may_come_without_text() -> None:
    assert _ask(json.dumps(GOOD | {"answer": "", "guardrail_intervened": True}).encode()).answer == ""


@pytest.mark.parametrize(
    "change",
    [
        {"answer": None},
        {"answer": 7},
        {"answer": ["x"]},
        {"answer": ""},
        {"guardrail_intervened": None},
        {"guardrail_intervened": "false"},
        {"guardrail_intervened": 0},
        {"usage": None},
        {"usage": {}},
        {"usage": {"input_tokens": 1}},
        {"usage": {"input_tokens": -1, "output_tokens": 2}},
        {"usage": {"input_tokens": "1", "output_tokens": 2}},
        {"usage": {"input_tokens": True, "output_tokens": 2}},
        {"usage": {"input_tokens": 1.5, "output_tokens": 2}},
        {"truncated": None},
        {"sources": None},
        {"sources": [{"title": "x"}]},
        {"sources": [{"title": "x", "uri": 7}]},
        {"sources": ["x"]},
        {"sources": [{"title": "x", "uri": "tool:x"}] * 51},
        {"approvals": "abc"},
        {"approvals": ["<script>"]},
        {"approvals": [7]},
        {"documents_unavailable": None},
        {"documents_unavailable": 1},
        {"withheld": [{"source": "x"}]},
        {"withheld": [{"reason": "what the document said"}]},
    ],
)
def test_a_field_of_another_form_is_no_answer(change: dict[str, Any]) -> None:
    with pytest.raises(ChatUnavailableError):
        _ask(json.dumps(GOOD | change).encode())


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {"stop_reason"}))
def test_a_missing_field_is_no_answer(name: str) -> None:
    with pytest.raises(ChatUnavailableError):
        _ask(json.dumps({key: value for key, value in GOOD.items() if key != name}).encode())


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b'"x"', b"7", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"errorMessage":"x"}'],
)
def test_garbage_is_no_answer(body: bytes) -> None:
    with pytest.raises(ChatUnavailableError):
        _ask(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_an_error(body: bytes) -> None:
    with pytest.raises(ChatUnavailableError):
        _ask(body)
