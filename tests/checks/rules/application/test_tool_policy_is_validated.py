"""Findings about a tool policy refuse it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-ToolPolicyIsValidated"


def test_ignored_findings_are_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"ValidationMode": "IGNORE_ALL_FINDINGS"})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "ValidationMode"


@pytest.mark.parametrize("properties", [{}, {"ValidationMode": "FAIL_ON_ANY_FINDINGS"}])
def test_the_strict_way_is_sound(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"ValidationMode": {"Ref": "Given"}}), Unknown)
