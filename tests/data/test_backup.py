from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.data import TableBackup


def test_every_table_is_copied_daily_and_kept_for_the_retention(
    stack: cdk.Stack,
    template: Callable[[], Template],
    log_key: kms.Key,
) -> None:
    table = dynamodb.Table(
        stack,
        "Existing",
        partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    )
    TableBackup(stack, "Backup", tables=[table], encryption_key=log_key, retention=cdk.Duration.days(90))
    synthesized = template()
    rule = {"ScheduleExpression": "cron(0 3 * * ? *)", "Lifecycle": {"DeleteAfterDays": 90}}
    synthesized.has_resource_properties(
        "AWS::Backup::BackupPlan",
        {"BackupPlan": {"BackupPlanRule": [Match.object_like(rule)]}},
    )
    synthesized.has_resource_properties(
        "AWS::Backup::BackupSelection",
        {"BackupSelection": {"Resources": [stack.resolve(table.table_arn)]}},
    )
    synthesized.has_resource("AWS::Backup::BackupVault", {"DeletionPolicy": "Retain"})


def test_the_backup_role_reaches_these_tables_only(
    stack: cdk.Stack,
    template: Callable[[], Template],
    log_key: kms.Key,
) -> None:
    table = dynamodb.Table(
        stack,
        "Existing",
        partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    )
    TableBackup(stack, "Backup", tables=[table], encryption_key=log_key)
    (policy,) = template().find_resources("AWS::IAM::ManagedPolicy").values()
    statements = policy["Properties"]["PolicyDocument"]["Statement"]
    assert all(statement["Resource"] != "*" for statement in statements)
    assert not any("*" in action for statement in statements for action in statement["Action"])
