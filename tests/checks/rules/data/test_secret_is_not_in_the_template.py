"""No template says what a secret is."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant

RULE = "OwaspLlm-SecretIsNotInTheTemplate"


@pytest.mark.parametrize("value", ["correct-horse-battery-staple", '{"user": "rag", "password": "hunter2"}'])
def test_a_value_in_plain_text_is_found(ask: Callable[..., Answer], value: str) -> None:
    answer = ask(RULE, {"SecretString": value})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "SecretString"


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"GenerateSecretString": {"PasswordLength": 32}},
        {"SecretString": {"Ref": "Given"}},
        {"SecretString": {"Fn::Sub": '{"password": "${Given}"}'}},
        {"SecretString": "REPLACE_ME"},
        {"SecretString": "<your key>"},
        {"SecretString": "{}"},
    ],
)
def test_generated_given_and_to_be_filled_in_is_sound(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)
