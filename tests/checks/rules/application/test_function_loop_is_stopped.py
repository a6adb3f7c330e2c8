"""A loop of calls ends, or the rule speaks up."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-FunctionLoopIsStopped"


@pytest.mark.parametrize("properties", [{}, {"RecursiveLoop": "Terminate"}])
def test_a_loop_that_lambda_stops_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


def test_a_loop_that_may_go_on_is_not(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"RecursiveLoop": "Allow"})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "RecursiveLoop"


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"RecursiveLoop": {"Ref": "Given"}}), Unknown)
