"""The pair behind the API, built in one stack of somebody else."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template

from genai_defense.application import ChatFunction, FunctionHosting, GuardrailFunction, KillSwitch, UserQuota
from genai_defense.application.streaming import STREAM_TIMEOUT
from genai_defense.data import (
    AuditBucket,
    ConversationTable,
    DocumentStores,
    KnowledgeBase,
    QuotaTable,
    StandingTable,
    object_lock,
)
from genai_defense.model import ApprovedModel, GuardedModelAccess, ModelGuardrail

LAMBDA = Path(__file__).resolve().parents[2] / "lambda"


@pytest.fixture
def pair(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key) -> ChatFunction:
    """Both functions; gives the chat function."""
    role = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    model = ApprovedModel(model_id="amazon.nova-pro-v1:0", regions=("eu-west-1",))
    guardrail = ModelGuardrail(
        stack,
        "ModelGuardrail",
        encryption_key=log_key,
        guardrail_profile_id="eu.guardrail.v1:0",
        profile_regions=["eu-west-1"],
    )
    chat = ChatFunction(
        stack,
        "Chat",
        hosting=hosting,
        access=GuardedModelAccess(
            stack, "Access", role=role, model=model, guardrail=guardrail, vpc=hosting.vpc
        ),
        conversations=ConversationTable(stack, "Conversations", encryption_key=log_key),
        allowed_link_hosts=["docs.example.com", "example.org"],
    )
    GuardrailFunction(
        stack,
        "Guardrail",
        hosting=hosting,
        kill_switch=KillSwitch(stack, "Switch"),
        chat=chat,
        quota_table=QuotaTable(stack, "Quota", encryption_key=log_key),
        quota=UserQuota(requests_per_day=100, tokens_per_day=50_000),
        standing=StandingTable(stack, "Standing", encryption_key=log_key),
        audit=AuditBucket(stack, "Audit", encryption_key=log_key, retention=cdk.Duration.days(1)),
    )
    return chat


@pytest.fixture
def synthesized(pair: ChatFunction, template: Callable[[], Template]) -> Template:
    """The pair's template."""
    assert pair.node.scope
    return template()


def _function(synthesized: Template, service: str) -> dict[str, Any]:
    (function,) = [
        entry["Properties"]
        for entry in synthesized.find_resources("AWS::Lambda::Function").values()
        if entry["Properties"]["Environment"]["Variables"].get("POWERTOOLS_SERVICE_NAME") == service
    ]
    return dict(function)


def _allowed_actions(synthesized: Template, prefix: str) -> set[str]:
    return {
        action
        for name, policy in synthesized.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith(prefix)
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }


def test_the_guardrail_function_cannot_invoke_a_model(synthesized: Template) -> None:
    actions = _allowed_actions(synthesized, "Guardrail")
    assert {"lambda:InvokeFunction", "dynamodb:UpdateItem", "s3:PutObject"} <= actions
    assert not any(action.startswith("bedrock") for action in actions)


def test_the_chat_function_reaches_rows_only_as_their_user(synthesized: Template) -> None:
    actions = _allowed_actions(synthesized, "ChatPrivate")
    assert {"sts:AssumeRole", "sts:TagSession"} <= actions
    assert not any(action.startswith("dynamodb") for action in actions)
    assert "bedrock:Retrieve" not in actions


def test_with_documents_it_may_look_passages_up_and_nothing_else(
    stack: cdk.Stack, log_key: kms.Key, pair: ChatFunction, template: Callable[[], Template]
) -> None:
    documents = DocumentStores(
        stack,
        "Documents",
        encryption_key=log_key,
        quarantine_key=log_key,
        lock=object_lock(cdk.Duration.days(1), compliance=False),
    )
    pair.use_documents(KnowledgeBase(stack, "Base", documents=documents), documents.table)
    synthesized = template()
    actions = _allowed_actions(synthesized, "ChatPrivate")
    asked = {action for action in actions if action.startswith(("bedrock:", "dynamodb:", "s3"))}
    assert asked == {"bedrock:Retrieve", "dynamodb:BatchGetItem"}
    variables = _function(synthesized, "chat")["Environment"]["Variables"]
    assert variables["KNOWLEDGE_BASE_ID"]["Fn::GetAtt"][1] == "KnowledgeBaseId"
    assert variables["DOCUMENT_TABLE_NAME"]["Ref"].startswith("DocumentsTable")


def test_the_guardrail_function_counts_but_does_not_read_the_quota(synthesized: Template) -> None:
    uses = {
        (action, json.dumps(statement["Resource"])[:25])
        for name, policy in synthesized.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith("Guardrail")
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
        if action.startswith("dynamodb") and statement["Effect"] == "Allow"
    }
    assert uses == {
        ("dynamodb:UpdateItem", '{"Fn::GetAtt": ["QuotaTab'),
        ("dynamodb:GetItem", '{"Fn::GetAtt": ["StandingT'[:25]),
    }


def test_without_a_bus_nobody_is_told_and_addresses_are_those_that_the_api_sees(
    synthesized: Template,
) -> None:
    guardrail = _function(synthesized, "guardrail")["Environment"]["Variables"]
    assert (guardrail["EVENT_BUS_NAME"], guardrail["ADDRESS_SEEN_BY"]) == ("", "api")


def test_the_functions_are_told_their_limits(synthesized: Template) -> None:
    guardrail = _function(synthesized, "guardrail")["Environment"]["Variables"]
    assert (guardrail["REQUESTS_PER_DAY"], guardrail["TOKENS_PER_DAY"]) == ("100", "50000")
    chat = _function(synthesized, "chat")["Environment"]["Variables"]
    assert chat["ALLOWED_LINK_HOSTS"] == guardrail["ALLOWED_LINK_HOSTS"] == "docs.example.com,example.org"
    assert chat["MAX_OUTPUT_TOKENS"] == guardrail["MAX_OUTPUT_TOKENS"] == "1024"
    assert chat["CONVERSATION_DAYS"] == "30"


def test_the_chat_function_runs_a_numbered_guardrail_version(synthesized: Template) -> None:
    version = _function(synthesized, "chat")["Environment"]["Variables"]["GUARDRAIL_VERSION"]
    assert version["Fn::GetAtt"][1] == "Version"


def test_timeouts_nest_so_that_the_caller_always_hears_an_answer(synthesized: Template) -> None:
    chat, guardrail = (
        _function(synthesized, "chat")["Timeout"],
        _function(synthesized, "guardrail")["Timeout"],
    )
    assert chat < guardrail < STREAM_TIMEOUT.to_seconds()


@pytest.mark.parametrize("service", ["chat", "guardrail"])
def test_both_functions_are_started_by_the_runtime_that_streams(service: str, synthesized: Template) -> None:
    wrapper = _function(synthesized, service)["Environment"]["Variables"]["AWS_LAMBDA_EXEC_WRAPPER"]
    script = LAMBDA / wrapper.removeprefix("/var/task/")
    assert script.is_file()
    assert os.access(script, os.X_OK), "Lambda refuses a wrapper that it may not execute"


def test_the_quota_is_kept_encrypted_and_recoverable(synthesized: Template) -> None:
    tables = synthesized.find_resources("AWS::DynamoDB::Table")
    (quota,) = [table["Properties"] for name, table in tables.items() if name.startswith("Quota")]
    assert quota["SSESpecification"]["SSEType"] == "KMS"
    assert quota["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert quota["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize(("requests", "tokens"), [(0, 50_000), (1, 10_556)])
def test_a_quota_that_allows_nothing_is_refused(requests: int, tokens: int) -> None:
    quota = UserQuota(requests_per_day=requests, tokens_per_day=tokens)
    with pytest.raises(ValueError, match=r"UserQuota allows no long message.*at least 13224"):
        quota.require_room(max_output_tokens=1024)


def test_the_smallest_quota_is_taken() -> None:
    UserQuota(requests_per_day=1, tokens_per_day=13_224).require_room(max_output_tokens=1024)
