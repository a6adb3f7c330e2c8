"""A permit that leaves out what all others of its store ask is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ToolPolicyIsLikeItsSiblings"
STORE: dict[str, Any] = {"Store": {"Type": "AWS::VerifiedPermissions::PolicyStore", "Properties": {}}}


def policy(statement: object) -> dict[str, Any]:
    return {"PolicyStoreId": {"Ref": "Store"}, "Definition": {"Static": {"Statement": statement}}}


def beside(*statements: str) -> dict[str, Any]:
    kind = "AWS::VerifiedPermissions::Policy"
    return {**STORE, **{f"P{n}": {"Type": kind, "Properties": policy(s)} for n, s in enumerate(statements)}}


def permit(head: str, *asked: str) -> str:
    return f"permit ({head}) when {{ {' && '.join(asked)} }};" if asked else f"permit ({head});"


SCOPE = 'principal in Role::"support", action == Action::"look", resource is Order'
SAME = "principal.tenant == resource.tenant"
OTHERS = beside(permit(SCOPE, "principal has tenant", SAME), permit(SCOPE, SAME, "context.strong"))


@pytest.mark.parametrize(
    "statement", [permit(SCOPE, SAME), permit(SCOPE, "(resource.tenant == principal.tenant)", "context.more")]
)
def test_a_permit_that_asks_the_same_is_compliant(ask: Callable[..., Answer], statement: str) -> None:
    assert isinstance(ask(RULE, policy(statement), others=OTHERS), Compliant)


@pytest.mark.parametrize(
    "statement",
    [
        permit(SCOPE),
        permit(SCOPE, "principal has tenant"),
        permit(SCOPE.replace('principal in Role::"support"', "principal"), SAME),
        permit(SCOPE.replace("resource is Order", "resource"), SAME),
    ],
)
def test_one_that_leaves_it_out_is_found(ask: Callable[..., Answer], statement: str) -> None:
    assert isinstance(ask(RULE, policy(statement), others=OTHERS), NonCompliant)


def test_where_permits_differ_none_is_asked_for_it(ask: Callable[..., Answer]) -> None:
    others = beside(permit(SCOPE, SAME), permit("principal, action, resource"))
    assert isinstance(ask(RULE, policy(permit(SCOPE)), others=others), Compliant)


@pytest.mark.parametrize("others", [STORE, beside(permit(SCOPE, SAME))])
def test_a_store_with_few_permits_is_left_alone(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, policy(permit(SCOPE)), others=others), NotApplicable)


def test_a_permit_of_another_store_is_no_sibling(ask: Callable[..., Answer]) -> None:
    mine = {**policy(permit(SCOPE)), "PolicyStoreId": "PSEXAMPLE"}
    assert isinstance(ask(RULE, mine, others=OTHERS), NotApplicable)


def test_a_forbid_is_left_alone(ask: Callable[..., Answer]) -> None:
    forbid = "forbid (principal, action, resource) when { context.late };"
    assert isinstance(ask(RULE, policy(forbid), others=OTHERS), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, policy({"Ref": "Given"}), others=OTHERS), Unknown)
