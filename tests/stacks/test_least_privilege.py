"""No function reaches what it does not need: each role's actions are exactly these."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Resources = Callable[[str], list[dict[str, Any]]]
# What every private function needs to run: log, traces, network interfaces, dead letters, its key.
RUN = {
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:SendMessage",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
TABLE_KEY = {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"}
POLICY_KEY = {
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
}
BECOME_THE_USER = {"sts:AssumeRole", "sts:TagSession"}
FUNCTIONS = {
    "guardrail": {
        *RUN,
        *TABLE_KEY,
        "dynamodb:UpdateItem",
        "lambda:InvokeFunction",
        "s3:PutObject",
        "ssm:GetParameter",
    },
    "chat": {
        *RUN,
        *BECOME_THE_USER,
        "bedrock:ApplyGuardrail",
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
        "lambda:InvokeFunction",
    },
    "conversations": {*RUN, *BECOME_THE_USER},
    "tools": {
        *RUN,
        *TABLE_KEY,
        *POLICY_KEY,
        "dynamodb:Query",
        "lambda:InvokeFunction",
        "states:StartExecution",
        "verifiedpermissions:IsAuthorized",
    },
    "order_lookup": {*RUN, *TABLE_KEY, "dynamodb:Query"},
    "refund": {*RUN, *TABLE_KEY, "dynamodb:UpdateItem"},
    "approval_request": {*RUN, *TABLE_KEY, "dynamodb:PutItem"},
    "approvals": {
        *RUN,
        *TABLE_KEY,
        *POLICY_KEY,
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "states:SendTaskFailure",
        "states:SendTaskSuccess",
        "verifiedpermissions:IsAuthorized",
    },
    "approved_action": {
        *RUN,
        *TABLE_KEY,
        *POLICY_KEY,
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "lambda:InvokeFunction",
        "verifiedpermissions:IsAuthorized",
    },
}
ROWS = {
    "chat": {*TABLE_KEY, "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"},
    "conversations": {*TABLE_KEY, "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query"},
}


@pytest.fixture
def granted(assembly: Path) -> Callable[[str], set[str]]:
    """The actions that any policy allows to a role, by the role's logical id."""
    found: dict[str, set[str]] = {}
    for path in assembly.glob("*.template.json"):
        for resource in json.loads(path.read_text())["Resources"].values():
            if resource["Type"] != "AWS::IAM::ManagedPolicy":
                continue
            for entry in resource["Properties"]["PolicyDocument"]["Statement"]:
                actions = [entry["Action"]] if isinstance(entry["Action"], str) else entry["Action"]
                for role in resource["Properties"].get("Roles", []) if entry["Effect"] == "Allow" else ():
                    found.setdefault(role["Ref"], set()).update(actions)
    return lambda role: found[role]


def _function(resources: Resources, service: str) -> dict[str, Any]:
    (function,) = [
        entry["Properties"]
        for entry in resources("AWS::Lambda::Function")
        if entry["Properties"]["Handler"] == f"{service}.handler.handler"
    ]
    return dict(function)


@pytest.mark.parametrize("service", FUNCTIONS)
def test_a_function_may_do_exactly_this(
    resources: Resources, granted: Callable[[str], set[str]], service: str
) -> None:
    role, _ = _function(resources, service)["Role"]["Fn::GetAtt"]
    assert granted(role) == FUNCTIONS[service]


@pytest.mark.parametrize(
    ("service", "variable"), [("chat", "CONVERSATION_ROLE_ARN"), ("conversations", "ROWS_ROLE_ARN")]
)
def test_as_its_user_a_function_may_do_exactly_this(
    resources: Resources, granted: Callable[[str], set[str]], service: str, variable: str
) -> None:
    role, _ = _function(resources, service)["Environment"]["Variables"][variable]["Fn::GetAtt"]
    assert granted(role) == ROWS[service]


def test_one_function_may_invoke_a_model(resources: Resources, granted: Callable[[str], set[str]]) -> None:
    roles = {
        entry["Properties"]["Handler"]: entry["Properties"]["Role"]["Fn::GetAtt"][0]
        for entry in resources("AWS::Lambda::Function")
    }
    may = [handler for handler, role in roles.items() if "bedrock:InvokeModel" in granted(role)]
    assert may == ["chat.handler.handler"]


def test_every_function_has_bounded_executions_and_a_place_for_what_fails(resources: Resources) -> None:
    ours = [entry for entry in resources("AWS::Lambda::Function") if "VpcConfig" in entry["Properties"]]
    assert len(ours) >= len(FUNCTIONS)
    for entry in ours:
        assert entry["Properties"]["ReservedConcurrentExecutions"] >= 1, entry["Properties"]["Handler"]
        assert entry["Properties"]["DeadLetterConfig"]["TargetArn"], entry["Properties"]["Handler"]
        assert entry["Properties"]["KmsKeyArn"], entry["Properties"]["Handler"]


def test_as_many_chat_functions_may_run_as_guardrail_functions_wait_for_them(resources: Resources) -> None:
    chat, guardrail = (
        _function(resources, service)["ReservedConcurrentExecutions"] for service in ("chat", "guardrail")
    )
    assert chat >= guardrail
