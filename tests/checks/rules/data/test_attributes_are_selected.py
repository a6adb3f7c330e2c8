"""A policy that names attributes of rows is found where requests may have all of them."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AttributesAreSelected"
NAMED = {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["pk", "state"]}}
SELECTED = {"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}
DOCUMENTED = {"StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}


def policy(condition: object, **fields: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:::table/orders"}
    return {"PolicyDocument": {"Statement": [{**statement, "Condition": condition, **fields}]}}


def asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> Answer:
    return ask(RULE, properties, resource_type="AWS::IAM::ManagedPolicy")


@pytest.mark.parametrize("condition", [{**NAMED, **SELECTED}, {**NAMED, **DOCUMENTED}])
def test_both_together_are_compliant(ask: Callable[..., Answer], condition: dict[str, Any]) -> None:
    assert isinstance(asked(ask, policy(condition)), Compliant)


@pytest.mark.parametrize(
    "condition",
    [
        NAMED,
        SELECTED,
        {**NAMED, "StringLike": {"dynamodb:Select": "*"}},
        {**SELECTED, "ForAllValues:StringLike": {"dynamodb:Attributes": "*"}},
    ],
)
def test_one_without_the_other_is_found(ask: Callable[..., Answer], condition: dict[str, Any]) -> None:
    answer = asked(ask, policy(condition))
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Condition"


@pytest.mark.parametrize(
    "properties",
    [
        policy({"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user}"]}}),
        policy(NAMED, Action="dynamodb:UpdateItem"),
        policy(NAMED, Effect="Deny"),
        {"PolicyDocument": {"Ref": "Given"}},
    ],
)
def test_what_bounds_no_attributes_of_reads_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(asked(ask, properties), NotApplicable)


def test_a_condition_that_is_given_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(asked(ask, policy({"Ref": "Given"})), Unknown)
