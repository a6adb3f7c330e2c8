"""No function reaches what it does not need: each role's actions are exactly these."""

import contextlib
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
OUTSIDE = {"responder", "response_restore", "sign_in_events", "web_acl_events"}
# The same for functions outside the VPC.
CONTROL = {action for action in RUN if not action.startswith("ec2:")}
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
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "events:PutEvents",
        "lambda:InvokeFunction",
        "s3:PutObject",
        "ssm:GetParameter",
    },
    "response_decision": {*RUN, *TABLE_KEY, "dynamodb:GetItem", "dynamodb:UpdateItem"},
    "responder": {
        *CONTROL,
        *TABLE_KEY,
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "s3:PutObject",
        "securityhub:BatchImportFindings",
        "sns:Publish",
        "ssm:PutParameter",
        "wafv2:GetIPSet",
        "wafv2:UpdateIPSet",
    },
    "response_restore": {
        *CONTROL,
        *TABLE_KEY,
        "cognito-idp:AdminEnableUser",
        "cognito-idp:ListUsers",
        "dynamodb:DeleteItem",
        "dynamodb:Query",
        "s3:PutObject",
        "ssm:PutParameter",
        "wafv2:GetIPSet",
        "wafv2:UpdateIPSet",
    },
    "review_intake": {
        *RUN,
        *TABLE_KEY,
        "dynamodb:PutItem",
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    },
    "sign_in_events": {*CONTROL, "events:PutEvents", "s3:GetObject"},
    "web_acl_events": {*CONTROL, "events:PutEvents"},
    "chat": {
        *RUN,
        *BECOME_THE_USER,
        "bedrock:ApplyGuardrail",
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
        "lambda:InvokeFunction",
    },
    "conversations": {*RUN, *BECOME_THE_USER},
    "evaluation": {*RUN, "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"},
    "ingestion": {
        *RUN,
        *TABLE_KEY,
        "bedrock:DeleteKnowledgeBaseDocuments",
        "bedrock:IngestKnowledgeBaseDocuments",
        "bedrock:StartIngestionJob",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectVersionTagging",
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:PutObject",
        "sns:Publish",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    },
    "withdrawal": {
        *RUN,
        *TABLE_KEY,
        "bedrock:DeleteKnowledgeBaseDocuments",
        "bedrock:StartIngestionJob",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "s3:DeleteObject",
    },
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
        "dynamodb:GetItem",
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
# What the chat function may beside it where there are documents.
DOCUMENTS = {*TABLE_KEY, "bedrock:Retrieve", "dynamodb:BatchGetItem"}
ROWS = {
    "chat": {*TABLE_KEY, "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"},
    "conversations": {*TABLE_KEY, "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query"},
}


@pytest.fixture
def role_of(assembly: Path) -> Callable[[Any], str]:
    """The logical id of the role that a template names, in its own stack or in another one."""
    exports: dict[str, Any] = {
        output["Export"]["Name"]: output["Value"]
        for path in assembly.glob("*.template.json")
        for output in json.loads(path.read_text()).get("Outputs", {}).values()
        if "Export" in output
    }

    def find(named: dict[str, Any]) -> str:
        value = exports[named["Fn::ImportValue"]] if "Fn::ImportValue" in named else named
        return str(value["Ref"] if "Ref" in value else value["Fn::GetAtt"][0])

    return find


@pytest.fixture
def granted(assembly: Path, role_of: Callable[[Any], str]) -> Callable[[str], set[str]]:
    """The actions that any policy allows to a role, by the role's logical id."""
    found: dict[str, set[str]] = {}
    for path in assembly.glob("*.template.json"):
        for resource in json.loads(path.read_text())["Resources"].values():
            if resource["Type"] != "AWS::IAM::ManagedPolicy":
                continue
            for entry in resource["Properties"]["PolicyDocument"]["Statement"]:
                actions = [entry["Action"]] if isinstance(entry["Action"], str) else entry["Action"]
                for role in resource["Properties"].get("Roles", []) if entry["Effect"] == "Allow" else ():
                    found.setdefault(role_of(role), set()).update(actions)
    return lambda role: found[role]


def test_each_roles_boundary_lets_through_what_the_role_is_granted(
    assembly: Path, granted: Callable[[str], set[str]]
) -> None:
    looked_at = 0
    for path in assembly.glob("*.template.json"):
        resources = json.loads(path.read_text())["Resources"]
        for name, role in resources.items():
            if role["Type"] != "AWS::IAM::Role":
                continue
            boundary = resources[role["Properties"]["PermissionsBoundary"]["Ref"]]
            passed = {
                action
                for entry in boundary["Properties"]["PolicyDocument"]["Statement"]
                if entry["Effect"] == "Allow"
                for action in ([entry["Action"]] if isinstance(entry["Action"], str) else entry["Action"])
            }
            with contextlib.suppress(KeyError):
                assert granted(name) <= passed, name
                looked_at += 1
    assert looked_at >= len(FUNCTIONS)


def _function(resources: Resources, service: str) -> dict[str, Any]:
    (function,) = [
        entry["Properties"]
        for entry in resources("AWS::Lambda::Function")
        if entry["Properties"]["Handler"] == f"{service}.handler.handler"
    ]
    return dict(function)


@pytest.mark.parametrize("service", FUNCTIONS)
def test_a_function_may_do_exactly_this(
    resources: Resources,
    granted: Callable[[str], set[str]],
    role_of: Callable[[Any], str],
    service: str,
) -> None:
    role = role_of(_function(resources, service)["Role"])
    documents = DOCUMENTS if service == "chat" and resources("AWS::Bedrock::KnowledgeBase") else set[str]()
    assert granted(role) == FUNCTIONS[service] | documents


@pytest.mark.parametrize(
    ("service", "variable"), [("chat", "CONVERSATION_ROLE_ARN"), ("conversations", "ROWS_ROLE_ARN")]
)
def test_as_its_user_a_function_may_do_exactly_this(
    resources: Resources, granted: Callable[[str], set[str]], service: str, variable: str
) -> None:
    role, _ = _function(resources, service)["Environment"]["Variables"][variable]["Fn::GetAtt"]
    assert granted(role) == ROWS[service]


def test_one_function_may_invoke_a_model(
    resources: Resources, granted: Callable[[str], set[str]], role_of: Callable[[Any], str]
) -> None:
    roles = {
        entry["Properties"]["Handler"]: role_of(entry["Properties"]["Role"])
        for entry in resources("AWS::Lambda::Function")
    }
    may = [handler for handler, role in roles.items() if "bedrock:InvokeModel" in granted(role)]
    assert may == ["chat.handler.handler"]


def test_every_function_has_bounded_executions_and_a_place_for_what_fails(resources: Resources) -> None:
    ours = [entry for entry in resources("AWS::Lambda::Function") if "VpcConfig" in entry["Properties"]]
    assert len(ours) >= len(FUNCTIONS.keys() - OUTSIDE)
    for entry in ours:
        assert entry["Properties"]["ReservedConcurrentExecutions"] >= 1, entry["Properties"]["Handler"]
        assert entry["Properties"]["DeadLetterConfig"]["TargetArn"], entry["Properties"]["Handler"]
        assert entry["Properties"]["KmsKeyArn"], entry["Properties"]["Handler"]


def test_as_many_chat_functions_may_run_as_guardrail_functions_wait_for_them(resources: Resources) -> None:
    chat, guardrail = (
        _function(resources, service)["ReservedConcurrentExecutions"] for service in ("chat", "guardrail")
    )
    assert chat >= guardrail


def test_each_boundary_bounds_somebody(assembly: Path) -> None:
    looked_at = 0
    for path in assembly.glob("*.template.json"):
        declared = json.loads(path.read_text())["Resources"]
        resources = {name: resource.get("Properties", {}) for name, resource in declared.items()}
        bounds = {
            name
            for name, properties in resources.items()
            if str(properties.get("Description")).startswith("Permissions boundary")
        }
        used = {
            properties["PermissionsBoundary"]["Ref"]
            for properties in resources.values()
            if "PermissionsBoundary" in properties
        }
        assert bounds == used, path.name
        looked_at += len(bounds)
    assert looked_at
