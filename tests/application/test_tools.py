"""The constructs of the tools in a foreign stack: policies, functions, the wait for a human."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.application import (
    ApprovalFunctions,
    ApprovalTerms,
    FunctionHosting,
    OrderTools,
    ToolApproval,
    ToolBroker,
    ToolPolicies,
)
from genai_defense.application.approval_functions import ApprovalTerms as Terms
from genai_defense.application.approval_workflow import REFUSED_ERROR, approval_workflow
from genai_defense.application.order_tools import TOOL_TIMEOUT
from genai_defense.application.tool_broker import BROKER_TIMEOUT
from genai_defense.data import ApprovalTable, OrderTable, StandingTable
from tool_calls.clients import TOOL_SECONDS

Synth = Callable[[], Template]


@pytest.fixture
def synthesized(stack: cdk.Stack, hosting: FunctionHosting, log_key: kms.Key, template: Synth) -> Template:
    orders = OrderTable(stack, "Orders", encryption_key=log_key)
    approvals = ApprovalTable(stack, "Approvals", encryption_key=log_key)
    policies = ToolPolicies(stack, "Policies", encryption_key=log_key, refund_limit_cents=777)
    tools = OrderTools(stack, "OrderTools", hosting=hosting, orders=orders)
    functions = ApprovalFunctions(
        stack,
        "Functions",
        hosting=hosting,
        policies=policies,
        approvals=approvals,
        orders=orders,
        tools=tools,
        standing=StandingTable(stack, "Standing", encryption_key=log_key),
        terms=ApprovalTerms(page_host="chat.example.org", wait=cdk.Duration.minutes(30), email="a@b.org"),
    )
    approval = ToolApproval(stack, "Approval", hosting=hosting, encryption_key=log_key, functions=functions)
    ToolBroker(
        stack,
        "Broker",
        hosting=hosting,
        policies=policies,
        orders=orders,
        tools=tools,
        approval=approval,
    )
    return template()


def _machine(synthesized: Template) -> dict[str, Any]:
    (machine,) = synthesized.find_resources("AWS::StepFunctions::StateMachine").values()
    properties: dict[str, Any] = machine["Properties"]
    return properties


def _states(synthesized: Template) -> dict[str, Any]:
    parts = _machine(synthesized)["DefinitionString"]["Fn::Join"][1]
    text = "".join(part if isinstance(part, str) else "token" for part in parts)
    states: dict[str, Any] = json.loads(text)["States"]
    return states


def test_the_store_validates_strictly_and_is_protected(synthesized: Template) -> None:
    synthesized.has_resource(
        "AWS::VerifiedPermissions::PolicyStore",
        {
            "Properties": {
                "ValidationSettings": {"Mode": "STRICT"},
                "DeletionProtection": {"Mode": "ENABLED"},
                "EncryptionSettings": {"KmsEncryptionSettings": {"Key": Match.any_value()}},
            },
            "DeletionPolicy": "Retain",
        },
    )


def test_the_limit_reaches_the_policy_that_forbids(synthesized: Template) -> None:
    policies = synthesized.find_resources("AWS::VerifiedPermissions::Policy").values()
    statements = [entry["Properties"]["Definition"]["Static"]["Statement"] for entry in policies]
    assert len(statements) == 6
    assert [statement for statement in statements if "context.amount_cents > 777" in statement]


def test_a_wait_ends_as_a_no(synthesized: Template) -> None:
    wait = _states(synthesized)["WaitForHuman"]
    assert wait["Resource"].endswith(":lambda:invoke.waitForTaskToken")
    assert wait["TimeoutSeconds"] == 30 * 60
    caught = {tuple(entry["ErrorEquals"]): entry["Next"] for entry in wait["Catch"]}
    assert caught == {("States.Timeout",): "RefusedByTimeout", (REFUSED_ERROR,): "RefusedByHuman"}
    assert wait["Next"] == "Act"


def test_every_state_that_keeps_its_input_says_so(synthesized: Template) -> None:
    """A null path does not reach CloudFormation, and the result would take the input's place."""
    states = _states(synthesized)
    for name in ("TellApprovers", "WaitForHuman"):
        assert states[name]["ResultPath"].startswith("$.")
        assert all(entry["ResultPath"].startswith("$.") for entry in states[name]["Catch"])


def test_no_message_holds_more_than_tool_and_arguments(synthesized: Template) -> None:
    told = _states(synthesized)["TellApprovers"]["Parameters"]["Message.$"]
    assert told.endswith("$.tenant, $.tool, States.JsonToString($.arguments))")
    assert "https://chat.example.org/" in told


def test_executions_are_encrypted_logged_without_data_and_traced(synthesized: Template) -> None:
    machine = _machine(synthesized)
    assert machine["StateMachineType"] == "STANDARD"
    assert machine["EncryptionConfiguration"]["Type"] == "CUSTOMER_MANAGED_KMS_KEY"
    assert machine["LoggingConfiguration"]["Level"] == "ALL"
    assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False
    assert machine["TracingConfiguration"] == {"Enabled": True}


def test_the_topic_is_encrypted_and_the_address_subscribed(synthesized: Template) -> None:
    synthesized.has_resource_properties("AWS::SNS::Topic", {"KmsMasterKeyId": Match.any_value()})
    synthesized.has_resource_properties(
        "AWS::SNS::Subscription", {"Protocol": "email", "Endpoint": "a@b.org"}
    )


def test_step_functions_of_this_account_alone_take_the_role(synthesized: Template) -> None:
    roles = [json.dumps(role) for role in synthesized.find_resources("AWS::IAM::Role").values()]
    (states,) = [role for role in roles if "states.amazonaws.com" in role]
    assert "aws:SourceAccount" in states
    assert "aws:SourceArn" in states


def test_the_broker_cannot_run_a_tool_with_effect(synthesized: Template) -> None:
    policies = synthesized.find_resources("AWS::IAM::ManagedPolicy")
    (broker,) = [json.dumps(policy) for name, policy in policies.items() if name.startswith("Broker")]
    assert "OrderToolsLookup" in broker
    assert "OrderToolsRefund" not in broker


def test_every_wait_fits_into_the_one_around_it() -> None:
    assert TOOL_TIMEOUT.to_seconds() == TOOL_SECONDS
    store = 2 * 0.9 + 1
    assert 2 * store + TOOL_SECONDS + 0.5 < BROKER_TIMEOUT.to_seconds()


@pytest.mark.parametrize("minutes", [4, 7 * 24 * 60 + 1])
def test_a_wait_that_nobody_can_keep_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="5 minutes to 7 days"):
        Terms(wait=cdk.Duration.minutes(minutes))


@pytest.mark.parametrize("host", ["http://chat.example.org/", "x'); drop", "", "a b"])
def test_a_page_that_breaks_the_message_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="host name"):
        Terms(page_host=host)


def test_the_whole_execution_outlasts_the_wait() -> None:
    definition = approval_workflow(
        topic_arn="t",
        request_function_arn="r",
        action_function_arn="a",
        wait=cdk.Duration.hours(1),
        page="the page",
    )
    assert definition["TimeoutSeconds"] > definition["States"]["WaitForHuman"]["TimeoutSeconds"]


def test_a_store_that_may_go_is_not_protected(stack: cdk.Stack, log_key: kms.Key, template: Synth) -> None:
    ToolPolicies(
        stack,
        "Policies",
        encryption_key=log_key,
        refund_limit_cents=1,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    template().has_resource(
        "AWS::VerifiedPermissions::PolicyStore",
        {"Properties": {"DeletionProtection": {"Mode": "DISABLED"}}, "DeletionPolicy": "Delete"},
    )


def test_who_asks_the_policies_can_do_nothing_else_with_them(
    stack: cdk.Stack, log_key: kms.Key, template: Synth
) -> None:
    policies = ToolPolicies(stack, "Policies", encryption_key=log_key, refund_limit_cents=1)
    policies.grant_ask(iam.ManagedPolicy(stack, "Asker"))
    (asker,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    ask, key = asker["Properties"]["PolicyDocument"]["Statement"]
    assert ask["Action"] == "verifiedpermissions:IsAuthorized"
    assert ask["Resource"] != "*"
    assert key["Condition"] == {"StringLike": {"kms:ViaService": "verifiedpermissions.*.amazonaws.com"}}
