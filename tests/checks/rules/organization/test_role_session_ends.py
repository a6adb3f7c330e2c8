"""What somebody takes of a role ends the same day."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-RoleSessionEnds"


@pytest.mark.parametrize("properties", [{}, {"MaxSessionDuration": 3600}, {"MaxSessionDuration": "14400"}])
def test_a_few_hours_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize("seconds", [14_401, 43_200, "43200"])
def test_half_a_day_is_found(ask: Callable[..., Answer], seconds: object) -> None:
    answer = ask(RULE, {"MaxSessionDuration": seconds})
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MaxSessionDuration"


def test_a_time_that_is_given_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"MaxSessionDuration": {"Ref": "Given"}}), Unknown)
