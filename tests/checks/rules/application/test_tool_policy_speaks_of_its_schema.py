"""A policy that asks for what its schema does not know is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ToolPolicySpeaksOfItsSchema"
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


def policy(condition: str) -> dict[str, Any]:
    statement = f"forbid (principal, action, resource) when {{ {condition} }};"
    return {"PolicyStoreId": {"Ref": "Store"}, "Definition": {"Static": {"Statement": statement}}}


def store(schema: object = json.dumps(SCHEMA)) -> dict[str, Any]:
    properties = {"Schema": {"CedarJson": schema}} if schema else {}
    return {"Store": {"Type": "AWS::VerifiedPermissions::PolicyStore", "Properties": properties}}


@pytest.mark.parametrize("condition", ["resource has owner", "context has amount && context.amount > 5"])
def test_what_the_schema_declares_is_compliant(ask: Callable[..., Answer], condition: str) -> None:
    assert isinstance(ask(RULE, policy(condition), others=store()), Compliant)


def test_what_it_does_not_declare_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, policy("context has strict && context.amount > 5"), others=store())
    assert isinstance(answer, NonCompliant)
    assert answer.message == "the schema knows no attribute strict"


@pytest.mark.parametrize(
    ("condition", "others"),
    [
        ('resource.note == "who has nothing"', store()),
        ("context has strict", store("")),
        ("context has strict", {}),
    ],
)
def test_where_nothing_can_be_compared_nothing_is_said(
    ask: Callable[..., Answer], condition: str, others: dict[str, Any]
) -> None:
    properties = policy(condition) if others else {**policy(condition), "PolicyStoreId": "PSEXAMPLE"}
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


@pytest.mark.parametrize("schema", ["no json", {"Ref": "Given"}])
def test_a_schema_that_cannot_be_read_is_unknown(ask: Callable[..., Answer], schema: object) -> None:
    assert isinstance(ask(RULE, policy("context has strict"), others=store(schema)), Unknown)
