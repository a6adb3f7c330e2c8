"""The tables of the tools: kept, encrypted, and each grant opens one narrow thing."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.data import ApprovalTable, OrderTable

Synth = Callable[[], Template]
Grant = Callable[[OrderTable, ApprovalTable, iam.ManagedPolicy], None]

_GRANTS: dict[str, tuple[Grant, set[str]]] = {
    "read_owner": (lambda orders, _, policy: orders.grant_read_owner(policy), {"dynamodb:Query"}),
    "look_up": (lambda orders, _, policy: orders.grant_look_up(policy), {"dynamodb:Query"}),
    "book": (lambda orders, _, policy: orders.grant_book(policy), {"dynamodb:UpdateItem"}),
    "ask": (lambda _, approvals, policy: approvals.grant_ask(policy), {"dynamodb:PutItem"}),
    "decide": (
        lambda _, approvals, policy: approvals.grant_decide(policy),
        {"dynamodb:Query", "dynamodb:UpdateItem"},
    ),
    "finish": (
        lambda _, approvals, policy: approvals.grant_finish(policy),
        {"dynamodb:Query", "dynamodb:UpdateItem"},
    ),
}


def _statements(stack: cdk.Stack, key: kms.Key, template: Synth, grant: Grant) -> list[dict[str, Any]]:
    orders = OrderTable(stack, "Orders", encryption_key=key)
    approvals = ApprovalTable(stack, "Approvals", encryption_key=key)
    grant(orders, approvals, iam.ManagedPolicy(stack, "Policy"))
    (policy,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    statements: list[dict[str, Any]] = policy["Properties"]["PolicyDocument"]["Statement"]
    return statements


@pytest.mark.parametrize("name", _GRANTS)
def test_a_grant_opens_what_it_says(name: str, stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    grant, actions = _GRANTS[name]
    statements = _statements(stack, log_key, template, grant)
    assert {entry["Action"] for entry in statements if isinstance(entry["Action"], str)} == actions
    for entry in statements:
        if entry["Action"] == "dynamodb:Query":
            assert entry["Condition"]["StringEquals"] == {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}


def test_who_decides_sees_of_an_order_whose_it_is(
    stack: cdk.Stack, log_key: kms.Key, template: Synth
) -> None:
    reading = _statements(stack, log_key, template, _GRANTS["read_owner"][0])[0]
    attributes = reading["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"]
    assert attributes == ["pk", "sk", "tenant"]


def test_both_tables_are_protected(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    OrderTable(stack, "Orders", encryption_key=log_key)
    ApprovalTable(stack, "Approvals", encryption_key=log_key)
    tables = [entry["Properties"] for entry in template().find_resources("AWS::DynamoDB::Table").values()]
    assert len(tables) == 2
    for table in tables:
        assert table["DeletionProtectionEnabled"] is True
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["SSESpecification"]["SSEType"] == "KMS"
        assert table["TimeToLiveSpecification"]["AttributeName"] == "expires_at"
