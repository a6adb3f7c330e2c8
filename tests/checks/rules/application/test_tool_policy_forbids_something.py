"""A forbid whose condition never holds is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ToolPolicyForbidsSomething"


def policy(statement: object) -> dict[str, Any]:
    return {"Definition": {"Static": {"Statement": statement}}}


@pytest.mark.parametrize(
    "statement",
    [
        "forbid (principal, action, resource);",
        'forbid (principal, action, resource) when { context.reason == "false" };',
        "forbid (principal, action, resource) unless { principal.trusted };",
    ],
)
def test_a_forbid_that_can_hold_is_compliant(ask: Callable[..., Answer], statement: str) -> None:
    assert isinstance(ask(RULE, policy(statement)), Compliant)


@pytest.mark.parametrize(
    "condition", ["when { false }", "unless { true }", "when { context.a > 1 && false }"]
)
def test_a_forbid_that_never_holds_is_found(ask: Callable[..., Answer], condition: str) -> None:
    answer = ask(RULE, policy(f"forbid (principal, action, resource) {condition};"))
    assert isinstance(answer, NonCompliant)


@pytest.mark.parametrize("statement", [None, "permit (principal, action, resource) when { false };"])
def test_a_permit_is_left_alone(ask: Callable[..., Answer], statement: object) -> None:
    assert isinstance(ask(RULE, policy(statement)), NotApplicable)


@pytest.mark.parametrize("statement", [{"Ref": "Given"}, "forbid everything"])
def test_what_cannot_be_read_is_unknown(ask: Callable[..., Answer], statement: object) -> None:
    assert isinstance(ask(RULE, policy(statement)), Unknown)
