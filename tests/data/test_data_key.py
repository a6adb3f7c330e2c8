from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk.assertions import Match, Template

from genai_defense.data import DataKey

KEY = "AWS::KMS::Key"


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
