"""A refusal is a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailExplainsItself"
SENTENCE = "This cannot be answered here."


def guardrail(request: object = SENTENCE, answer: object = SENTENCE) -> dict[str, Any]:
    return {"BlockedInputMessaging": request, "BlockedOutputsMessaging": answer}


def test_sentences_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, guardrail()), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, guardrail(""), guardrail(answer="Blocked"), guardrail(answer=" ")]
)
def test_less_than_a_sentence_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, guardrail({"Ref": "Given"})), Unknown)
