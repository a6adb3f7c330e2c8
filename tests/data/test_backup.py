from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.data import RestoreTest, TableBackup


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


def _table(stack: cdk.Stack) -> dynamodb.Table:
    key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    return dynamodb.Table(stack, "Existing", partition_key=key)


def _restoring(stack: cdk.Stack, key: kms.Key) -> None:
    table = _table(stack)
    backup = TableBackup(stack, "Backup", tables=[table], encryption_key=key)
    RestoreTest(stack, "RestoreTest", vault=backup.vault, tables=[table], encryption_key=key)


@pytest.mark.parametrize(("compliance", "lock"), [(False, {}), (True, {"ChangeableForDays": 3})])
def test_a_copy_cannot_be_deleted_before_its_time(
    stack: cdk.Stack,
    template: Callable[[], Template],
    log_key: kms.Key,
    *,
    compliance: bool,
    lock: dict[str, int],
) -> None:
    TableBackup(stack, "Backup", tables=[_table(stack)], encryption_key=log_key, compliance=compliance)
    (vault,) = template().find_resources("AWS::Backup::BackupVault").values()
    assert vault["Properties"]["LockConfiguration"] == {"MinRetentionDays": 7, **lock}
    (denied,) = vault["Properties"]["AccessPolicy"]["Statement"]
    assert (denied["Effect"], denied["Principal"]) == ("Deny", {"AWS": "*"})
    assert "backup:DeleteRecoveryPoint" in denied["Action"]


def test_a_retention_below_the_lock_is_refused(stack: cdk.Stack, log_key: kms.Key) -> None:
    with pytest.raises(ValueError, match=r"retention is 6 days, .*at least Duration\.days\(7\)"):
        TableBackup(stack, "Backup", tables=[], encryption_key=log_key, retention=cdk.Duration.days(6))


def test_a_copy_of_every_table_is_restored_every_week(
    stack: cdk.Stack, template: Callable[[], Template], log_key: kms.Key
) -> None:
    _restoring(stack, log_key)
    synthesized = template()
    synthesized.has_resource_properties(
        "AWS::Backup::RestoreTestingPlan",
        {
            "RecoveryPointSelection": {"Algorithm": "LATEST_WITHIN_WINDOW", "SelectionWindowDays": 7},
            "ScheduleExpression": "cron(0 5 ? * SUN *)",
        },
    )
    (selection,) = synthesized.find_resources("AWS::Backup::RestoreTestingSelection").values()
    assert selection["Properties"]["ProtectedResourceType"] == "DynamoDB"
    assert len(selection["Properties"]["ProtectedResourceArns"]) == 1


def test_a_restore_test_touches_no_table_of_the_application(
    stack: cdk.Stack, template: Callable[[], Template], log_key: kms.Key
) -> None:
    _restoring(stack, log_key)
    policies = template().find_resources("AWS::IAM::ManagedPolicy")
    (restoring,) = [policy for name, policy in policies.items() if name.startswith("RestoreTest")]
    for statement in restoring["Properties"]["PolicyDocument"]["Statement"]:
        assert "Existing" not in str(statement["Resource"])
        if any(action.startswith("dynamodb:Delete") for action in statement["Action"]):
            assert str(statement["Resource"]).endswith("table/awsbackup-restore-test-*']]}")
