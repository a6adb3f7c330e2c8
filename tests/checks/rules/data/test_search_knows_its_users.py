"""Tokens of users are both demanded and understood."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-SearchKnowsItsUsers"
_TOKENS = [{"JwtTokenTypeConfiguration": {"KeyLocation": "URL"}}]


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        ({"UserContextPolicy": "ATTRIBUTE_FILTER", "UserTokenConfigurations": _TOKENS}, "UserContextPolicy"),
        ({"UserTokenConfigurations": _TOKENS}, "UserContextPolicy"),
        ({"UserContextPolicy": "USER_TOKEN"}, "UserTokenConfigurations"),
    ],
)
def test_one_without_the_other_is_found(
    ask: Callable[..., Answer], properties: dict[str, Any], field: str
) -> None:
    answer = ask(RULE, properties)
    assert isinstance(answer, NonCompliant)
    assert answer.property == field


def test_both_are_sound_and_neither_is_another_way(ask: Callable[..., Answer]) -> None:
    both = {"UserContextPolicy": "USER_TOKEN", "UserTokenConfigurations": _TOKENS}
    assert isinstance(ask(RULE, both), Compliant)
    assert isinstance(ask(RULE, {"Name": "papers"}), NotApplicable)


@pytest.mark.parametrize("name", ["UserContextPolicy", "UserTokenConfigurations"])
def test_a_token_is_unknown(ask: Callable[..., Answer], name: str) -> None:
    assert isinstance(ask(RULE, {name: {"Ref": "Given"}}), Unknown)
