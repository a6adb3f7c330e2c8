from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.data import ConversationTable

Synth = Callable[[], Template]


def _with_reader(stack: cdk.Stack, key: kms.Key) -> None:
    table = ConversationTable(stack, "Conversations", encryption_key=key)
    reader = iam.Role(stack, "Reader", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    table.grant_rows_of_caller(stack, "Rows", role=reader)


def _statements(template: Template) -> list[dict[str, Any]]:
    (policy,) = template.find_resources("AWS::IAM::ManagedPolicy").values()
    statements: list[dict[str, Any]] = policy["Properties"]["PolicyDocument"]["Statement"]
    return statements


def test_rows_are_encrypted_recoverable_and_expire(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    ConversationTable(stack, "Conversations", encryption_key=log_key)
    template().has_resource(
        "AWS::DynamoDB::Table",
        {
            "Properties": {
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ],
                "SSESpecification": {
                    "SSEEnabled": True,
                    "SSEType": "KMS",
                    "KMSMasterKeyId": Match.any_value(),
                },
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
                "DeletionProtectionEnabled": True,
                "BillingMode": "PAY_PER_REQUEST",
            },
            "DeletionPolicy": "Retain",
        },
    )


def test_a_session_reaches_the_rows_of_its_user_only(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    _with_reader(stack, log_key)
    rows = _statements(template())[0]
    assert rows["Action"] == ["dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    assert rows["Condition"] == {
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/user_id}"]},
    }


def test_what_a_session_may_do_can_be_less(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    table = ConversationTable(stack, "Conversations", encryption_key=log_key)
    reader = iam.Role(stack, "Reader", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    table.grant_rows_of_caller(stack, "Rows", role=reader, actions=["dynamodb:Query"])
    rows = _statements(template())[0]
    assert rows["Action"] == "dynamodb:Query"
    assert "LeadingKeys" in str(rows["Condition"])


def test_a_session_without_a_user_cannot_start(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    _with_reader(stack, log_key)
    trust = Match.object_like(
        {
            "Action": ["sts:AssumeRole", "sts:TagSession"],
            "Condition": {
                "StringLike": {"aws:RequestTag/user_id": "?*"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["user_id"]},
            },
        },
    )
    template().has_resource_properties("AWS::IAM::Role", {"AssumeRolePolicyDocument": {"Statement": [trust]}})


def test_the_function_itself_holds_no_permission_on_the_table(
    stack: cdk.Stack,
    template: Synth,
    log_key: kms.Key,
) -> None:
    _with_reader(stack, log_key)
    synthesized = template()
    assert synthesized.find_resources("AWS::IAM::Policy") == {}
    (policy,) = synthesized.find_resources("AWS::IAM::ManagedPolicy").values()
    (attached,) = policy["Properties"]["Roles"]
    assert attached["Ref"].startswith("Rows")
