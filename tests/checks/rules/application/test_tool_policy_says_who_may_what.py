"""Tool policy says who may what."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ToolPolicySaysWhoMayWhat"


def cedar(statement: object) -> dict[str, Any]:
    """A policy with this text."""
    return {"properties": {"Definition": {"Static": {"Statement": statement}}}}


@pytest.mark.parametrize(
    "case",
    [
        cedar('permit (principal in Role::"a", action == Action::"b", resource);'),
        cedar('permit (principal, action == Action::"b", resource) when { principal.role == "a" };'),
        cedar("forbid (principal, action, resource);"),
        {"properties": {"Definition": {"TemplateLinked": {}}}},
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant | NotApplicable)


@pytest.mark.parametrize(
    "case",
    [
        cedar('permit (principal, action == Action::"b", resource);'),
        cedar(
            'permit (principal in Role::"a", action, resource) when { principal.tenant == resource.tenant };'
        ),
        cedar("permit (principal, action, resource);"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize("case", [cedar({"Ref": "Given"}), cedar("allow everything")])
def test_what_only_a_deployment_knows_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
