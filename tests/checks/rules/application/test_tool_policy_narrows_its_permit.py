"""No permit for everybody and everything passes, in whichever service it stands."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ToolPolicyNarrowsItsPermit"
WIDE = "permit(principal, action, resource);"
NARROW = 'permit(principal in Role::"support", action, resource);'


def _static(statement: object) -> dict[str, Any]:
    return {"Definition": {"Static": {"Statement": statement}}}


def test_a_narrowed_permit_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _static(NARROW)), Compliant)


def test_a_permit_for_everything_is_not(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, _static(WIDE))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "Definition.Static.Statement"


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::VerifiedPermissions::PolicyTemplate", {"Statement": WIDE}),
        ("AWS::BedrockAgentCore::Policy", {"Definition": {"Cedar": {"Statement": WIDE}}}),
    ],
)
def test_templates_and_agentcore_policies_are_read_as_well(
    ask: Callable[..., Answer], kind: str, properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NonCompliant)


@pytest.mark.parametrize(
    "properties", [_static("forbid(principal, action, resource);"), {"Definition": {"TemplateLinked": {}}}]
)
def test_forbids_and_linked_policies_are_none_of_its_business(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize("statement", [{"Ref": "Given"}, "no policy at all", ["permit"]])
def test_what_cannot_be_read_is_unknown(ask: Callable[..., Answer], statement: object) -> None:
    assert isinstance(ask(RULE, _static(statement)), Unknown)
