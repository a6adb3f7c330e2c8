"""A policy is read however it is written, or not at all."""

import pytest

from genai_defense.checks.cedar import CedarError, read_policy


@pytest.mark.parametrize(
    "statement",
    [
        "permit(principal, action, resource);",
        "permit (\n  principal,\n  action,\n  resource\n);",
        '// everybody\n@id("all")\n@advice("x, y")\npermit(principal,action,resource);',
        "@id permit(principal, action, resource) when { true };",
        "permit(principal, action, resource) // when { principal == resource }\n;",
        "permit(principal, action, resource) unless { false };",
        "permit(principal, action, resource) when{true} unless {  false  };",
    ],
)
def test_a_permit_for_everything_is_recognised(statement: str) -> None:
    assert read_policy(statement).admits_everything


@pytest.mark.parametrize(
    "statement",
    [
        'permit(principal == User::"a", action, resource);',
        'permit(principal in Role::"a, b (c", action, resource);',
        "permit(principal is User, action, resource);",
        'permit(principal, action in [Action::"a", Action::"b"], resource);',
        "permit(principal == ?principal, action, resource);",
        "permit(principal, action, resource) when { principal.tenant == resource.tenant };",
        'permit(principal, action, resource) unless { context.note == "}" };',
        'permit(principal, action, resource) when { true } when { context has "x" };',
    ],
)
def test_a_narrowed_permit_is_recognised(statement: str) -> None:
    assert not read_policy(statement).admits_everything


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "allow(principal, action, resource);",
        "permit(principal, resource);",
        "permit(principal, action, resource, context);",
        "permit(principal, action, resource",
        "permit(principal, action, resource) where { true };",
        "permit principal, action, resource",
    ],
)
def test_what_is_no_policy_is_not_guessed_at(statement: str) -> None:
    with pytest.raises(CedarError):
        read_policy(statement)
