"""An owner or an amount of the schema that no policy reads is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DeclaredLimitsAreAskedFor"
SCHEMA = {
    "Shop": {
        "entityTypes": {
            "User": {},
            "Order": {
                "shape": {
                    "type": "Record",
                    "attributes": {"owner": {"type": "Entity", "name": "User"}, "note": {"type": "String"}},
                }
            },
        },
        "actions": {
            "refund": {
                "appliesTo": {"context": {"type": "Record", "attributes": {"amount": {"type": "Long"}}}}
            }
        },
    }
}
STORE = {"Schema": {"CedarJson": json.dumps(SCHEMA)}}
OWNER = "forbid (principal, action, resource) when { resource.owner == principal };"
AMOUNT = "forbid (principal, action, resource) when { context.amount > 100 };"
PERMIT = "permit (principal, action, resource) when { principal.known };"


def policies(*statements: object) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, statement in enumerate(statements):
        properties = {"PolicyStoreId": {"Ref": "Subject"}, "Definition": {"Static": {"Statement": statement}}}
        found[f"P{number}"] = {"Type": "AWS::VerifiedPermissions::Policy", "Properties": properties}
    return found


def test_limits_that_policies_read_are_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, STORE, others=policies(OWNER, AMOUNT, PERMIT)), Compliant)


@pytest.mark.parametrize(("left", "name"), [(OWNER, "amount"), (AMOUNT, "owner")])
def test_a_limit_that_no_policy_reads_is_named(ask: Callable[..., Answer], left: str, name: str) -> None:
    answer = ask(RULE, STORE, others=policies(left, PERMIT))
    assert isinstance(answer, NonCompliant)
    assert answer.message == f"no policy reads {name}"


@pytest.mark.parametrize("others", [{}, policies(PERMIT)])
def test_a_store_whose_policies_are_elsewhere_is_left_alone(
    ask: Callable[..., Answer], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, STORE, others=others), NotApplicable)


def test_a_store_without_a_schema_is_another_matter(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=policies(OWNER, PERMIT)), NotApplicable)


@pytest.mark.parametrize(
    ("schema", "others"),
    [
        ({"Ref": "Given"}, policies(OWNER, AMOUNT)),
        ("no json", {}),
        (json.dumps(SCHEMA), policies(OWNER, {"Ref": "Given"})),
    ],
)
def test_what_cannot_be_read_is_unknown(
    ask: Callable[..., Answer], schema: object, others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {"Schema": {"CedarJson": schema}}, others=others), Unknown)
