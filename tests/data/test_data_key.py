"""A key rotates, can be rescued, and its administrators and users are not the same people."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Match, Template

from genai_defense.data import DataKey, KeyAdministrators
from tests.iam_engine import OURS, STRANGER, decide

KEY = "AWS::KMS::Key"
SOMEBODY = f"arn:aws:iam::{OURS}:role/somebody"
ADMINISTRATOR = f"arn:aws:iam::{OURS}:role/key-administrator"
THROUGH_S3 = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}


def _verdict(
    action: str,
    keys: dict[str, Any] | None = None,
    *,
    role: str = SOMEBODY,
    administrators: tuple[str, ...] = (),
    used_through: tuple[str, ...] = (),
) -> str:
    app = cdk.App()
    stack = cdk.Stack(app, "Ours", env=cdk.Environment(account=OURS, region="eu-west-1"))
    DataKey(stack, "Key", data_class="records", used_through=used_through)
    KeyAdministrators(roles=administrators).apply_to(app)
    (key,) = Template.from_stack(stack).find_resources(KEY).values()
    policy = key["Properties"]["KeyPolicy"]
    arn = f"arn:aws:kms:eu-west-1:{OURS}:key/0"
    return decide(stack, policy, action=action, resource=arn, role=role, keys=keys or {})


def test_the_key_rotates_and_can_be_rescued_for_thirty_days(
    stack: cdk.Stack, template: Callable[[], Template]
) -> None:
    DataKey(stack, "Key", data_class="conversations")
    template().has_resource(
        KEY,
        {
            "Properties": {
                "Description": "conversations",
                "EnableKeyRotation": True,
                "PendingWindowInDays": 30,
            },
            "DeletionPolicy": "Retain",
        },
    )


def test_log_groups_of_this_account_alone_may_use_the_key(
    stack: cdk.Stack, template: Callable[[], Template]
) -> None:
    DataKey(stack, "Key", data_class="logs").allow_log_groups()
    statement = Match.object_like(
        {
            "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": Match.any_value()}},
        },
    )
    template().has_resource_properties(KEY, {"KeyPolicy": {"Statement": Match.array_with([statement])}})


def test_no_stranger_is_named_in_the_key_policy(stack: cdk.Stack, template: Callable[[], Template]) -> None:
    DataKey(stack, "Key", data_class="logs").allow_log_groups()
    (key,) = template().find_resources(KEY).values()
    for statement in key["Properties"]["KeyPolicy"]["Statement"]:
        assert statement["Principal"] != "*"
        assert statement["Principal"] != {"AWS": "*"}
    assert _verdict("kms:Decrypt", THROUGH_S3, role=f"arn:aws:iam::{STRANGER}:role/x") != "Allow"


def test_the_key_is_used_through_a_service_and_never_by_hand() -> None:
    assert _verdict("kms:Decrypt", THROUGH_S3) == "Allow"
    assert _verdict("kms:Decrypt") != "Allow"
    assert _verdict("kms:GenerateDataKey", {"kms:EncryptionContextKeys": ["aws:s3:arn"]}) != "Allow"


@pytest.mark.parametrize("context", ["aws:lambda:FunctionArn", "aws:states:stateMachineArn"])
def test_functions_and_machines_use_it_with_their_own_role(context: str) -> None:
    assert _verdict("kms:Decrypt", {"kms:EncryptionContextKeys": [context]}) == "Allow"


def test_a_class_of_data_can_name_its_services() -> None:
    assert _verdict("kms:Decrypt", THROUGH_S3, used_through=("s3",)) == "Allow"
    assert _verdict("kms:Decrypt", THROUGH_S3, used_through=("sqs",)) != "Allow"


def test_only_a_service_of_aws_gets_a_grant() -> None:
    assert _verdict("kms:CreateGrant", {"kms:GrantIsForAWSResource": "true"}) == "Allow"
    assert _verdict("kms:CreateGrant") != "Allow"


def test_without_administrators_iam_decides_who_administers() -> None:
    assert _verdict("kms:PutKeyPolicy") == "Allow"


@pytest.mark.parametrize("action", ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"])
def test_named_administrators_alone_administer(action: str) -> None:
    named = (ADMINISTRATOR,)
    deployment = f"arn:aws:iam::{OURS}:role/cdk-hnb659fds-cfn-exec-role-{OURS}-eu-west-1"
    assert _verdict(action, role=ADMINISTRATOR, administrators=named) == "Allow"
    assert _verdict(action, role=deployment, administrators=named) == "Allow"
    assert _verdict(action, administrators=named) == "Deny"
    assert _verdict("kms:DescribeKey", administrators=named) == "Allow", "to look changes nothing"


def test_an_administrator_reads_nothing() -> None:
    named = (ADMINISTRATOR,)
    assert _verdict("kms:Decrypt", THROUGH_S3, role=ADMINISTRATOR, administrators=named) == "Deny"
    assert _verdict("kms:Decrypt", THROUGH_S3, administrators=named) == "Allow"


def test_an_administrator_is_a_role() -> None:
    with pytest.raises(ValueError, match="should match pattern"):
        KeyAdministrators(roles=("arn:aws:iam::111111111111:user/somebody",))
