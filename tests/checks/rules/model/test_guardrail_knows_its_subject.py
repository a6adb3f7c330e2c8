"""A topic or a word is off limits."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-GuardrailKnowsItsSubject"
_TOPICS = {"TopicPolicyConfig": {"TopicsConfig": [{"Name": "law", "Definition": "Advice", "Type": "DENY"}]}}
_WORDS = {"WordPolicyConfig": {"WordsConfig": [{"Text": "rival"}]}}
_PROFANITY = {"WordPolicyConfig": {"ManagedWordListsConfig": [{"Type": "PROFANITY"}]}}


@pytest.mark.parametrize("properties", [_TOPICS, _WORDS, _PROFANITY, _TOPICS | _WORDS])
def test_one_of_them_is_enough(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties", [{}, {"TopicPolicyConfig": {"TopicsConfig": []}}, {"WordPolicyConfig": {"WordsConfig": []}}]
)
def test_neither_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("name", ["TopicPolicyConfig", "WordPolicyConfig"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, {name: {"Ref": "Given"}}), Unknown)
    assert isinstance(ask(RULE, {name: {"Ref": "Given"}, "Name": "g"} | _WORDS), Compliant)
