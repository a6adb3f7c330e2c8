"""The function for own conversations, in one stack of somebody else."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.application import ConversationsFunction, FunctionHosting, ReviewQueue, UserQuota
from genai_defense.data import ConversationTable, QuotaTable, StandingTable

Synth = Callable[[], Template]


@pytest.fixture
def function(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key) -> ConversationsFunction:
    return ConversationsFunction(
        stack,
        "Own",
        hosting=hosting,
        conversations=ConversationTable(stack, "Conversations", encryption_key=log_key),
        quota_table=QuotaTable(stack, "Quota", encryption_key=log_key),
        quota=UserQuota(requests_per_day=100, tokens_per_day=50_000),
        review_queue=ReviewQueue(stack, "Reviews", encryption_key=log_key),
        standing=StandingTable(stack, "Standing", encryption_key=log_key),
    )


def _statements(template: Template, prefix: str) -> list[dict[str, Any]]:
    return [
        statement
        for name, policy in template.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith(prefix)
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]


def _actions(statements: list[dict[str, Any]]) -> set[str]:
    return {
        action
        for statement in statements
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }


@pytest.mark.usefixtures("function")
def test_it_holds_no_right_on_tables_models_or_functions(template: Synth) -> None:
    actions = _actions(_statements(template(), "OwnPrivate"))
    assert {"sts:AssumeRole", "sts:TagSession", "sqs:SendMessage"} <= actions
    assert not [name for name in actions if name.startswith(("dynamodb:", "bedrock:", "lambda:"))]
    assert "sqs:ReceiveMessage" not in actions


@pytest.mark.usefixtures("function")
def test_as_its_user_it_reads_and_deletes_rows_and_writes_none(template: Synth) -> None:
    synthesized = template()
    rows = [
        entry
        for part in ("OwnRowsRole", "OwnQuota", "OwnStanding")
        for entry in _statements(synthesized, part)
        if "dynamodb" in json.dumps(entry["Action"])
    ]
    assert _actions(rows) == {"dynamodb:Query", "dynamodb:DeleteItem", "dynamodb:GetItem"}
    keys = [
        condition["dynamodb:LeadingKeys"]
        for entry in rows
        for operator, condition in entry["Condition"].items()
        if operator.startswith("ForAllValues:")
    ]
    own = ["user#${aws:PrincipalTag/user_id}"]
    assert keys == [["${aws:PrincipalTag/user_id}"], own, own]


def test_every_call_but_health_needs_the_scope(function: ConversationsFunction) -> None:
    scope = cognito.OAuthScope.custom("their-api/ask")
    routes = {route.name: route for route in function.routes(scope)}
    assert sorted(routes) == [
        "DELETE/api/conversations/{conversation_id}",
        "DELETE/api/me/data",
        "GET/api/conversations",
        "GET/api/conversations/{conversation_id}",
        "GET/api/health",
        "GET/api/usage",
        "POST/api/feedback",
    ]
    assert [name for name, route in routes.items() if route.scope is None] == ["GET/api/health"]


def test_feedback_waits_encrypted_and_what_fails_is_kept_apart(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    queue = ReviewQueue(stack, "Reviews", encryption_key=log_key)
    policy = iam.ManagedPolicy(stack, "Reviewer")
    queue.grant_review(policy)
    synthesized = template()
    queues = [entry["Properties"] for entry in synthesized.find_resources("AWS::SQS::Queue").values()]
    assert all("KmsMasterKeyId" in entry for entry in queues)
    assert [entry["RedrivePolicy"]["maxReceiveCount"] for entry in queues if "RedrivePolicy" in entry] == [5]
    assert "sqs:SendMessage" not in _actions(_statements(synthesized, "Reviewer"))
    assert "aws:SecureTransport" in json.dumps(synthesized.find_resources("AWS::SQS::QueuePolicy"))
