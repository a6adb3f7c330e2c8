"""A list of addresses that is blocked at one entry is blocked at all of them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable

RULE = "OwaspLlm-BlockedAddressesAreBlocked"
ELSEWHERE: dict[str, Any] = {"Resources": {}}
LIST: dict[str, Any] = {"Scope": "REGIONAL", "Addresses": []}
ON_LIST: dict[str, Any] = {"IPSetReferenceStatement": {"Arn": {"Fn::GetAtt": ["Subject", "Arn"]}}}
EITHER: dict[str, Any] = {"OrStatement": {"Statements": [ON_LIST, {"GeoMatchStatement": {}}]}}
EXEMPT: dict[str, Any] = {"AndStatement": {"Statements": [{"NotStatement": {"Statement": ON_LIST}}]}}


def acls(*statements: tuple[str, dict[str, Any]] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, each in enumerate(statements):
        rules: list[dict[str, Any]] = [{"Action": {each[0]: {}}, "Statement": each[1]}] if each else []
        properties: dict[str, Any] = {"Scope": "REGIONAL", "Rules": rules}
        found[f"Acl{number}"] = {"Type": "AWS::WAFv2::WebACL", "Properties": properties}
    return found


@pytest.mark.parametrize("statement", [ON_LIST, EITHER])
def test_a_list_that_every_web_acl_blocks_is_compliant(
    ask: Callable[..., Answer], statement: dict[str, Any]
) -> None:
    assert isinstance(
        ask(RULE, LIST, elsewhere=ELSEWHERE, others=acls(("Block", ON_LIST), ("Block", statement))), Compliant
    )


@pytest.mark.parametrize(
    "others",
    [
        acls(("Count", ON_LIST)),
        acls(("Block", ON_LIST), None),
        acls(("Block", ON_LIST), ("Count", EITHER)),
        {},
    ],
)
def test_a_list_that_an_entry_lets_in_is_found(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, LIST, elsewhere=ELSEWHERE, others=others), NonCompliant)


@pytest.mark.parametrize("others", [acls(("Allow", ON_LIST), None), acls(("Block", EXEMPT), None)])
def test_a_list_of_who_may_is_left_alone(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, LIST, elsewhere=ELSEWHERE, others=others), NotApplicable)


def test_a_web_acl_of_another_scope_is_another_matter(ask: Callable[..., Answer]) -> None:
    others = acls(("Block", ON_LIST), None)
    others["Acl1"]["Properties"]["Scope"] = "CLOUDFRONT"
    assert isinstance(ask(RULE, LIST, elsewhere=ELSEWHERE, others=others), Compliant)


def test_a_list_that_an_output_hands_out_is_used_elsewhere(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, LIST), NotApplicable)
