"""Web acl log keeps blocks."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-WebAclLogKeepsBlocks"


def filtered(behavior: str, action: str, default: str) -> dict[str, Any]:
    """A log that treats one action in one way, and the rest in another."""
    conditions = [{"ActionCondition": {"Action": action}}]
    chosen = {"Behavior": behavior, "Conditions": conditions, "Requirement": "MEETS_ANY"}
    return {"properties": {"LoggingFilter": {"DefaultBehavior": default, "Filters": [chosen]}}}


@pytest.mark.parametrize(
    "case", [{"properties": {}}, filtered("KEEP", "BLOCK", "DROP"), filtered("DROP", "ALLOW", "KEEP")]
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize("case", [filtered("DROP", "BLOCK", "KEEP"), filtered("KEEP", "CAPTCHA", "DROP")])
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        {"properties": {"LoggingFilter": {"Ref": "Given"}}},
        {"properties": {"LoggingFilter": {"Filters": [{"Ref": "Given"}]}}},
    ],
)
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
