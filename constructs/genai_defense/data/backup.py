"""Daily copies that outlive the table."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_backup as backup
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

_LEAST_KEPT = Duration.days(7)
_CHANGEABLE = Duration.days(3)  # the least that AWS Backup takes


class TableBackup(Construct):
    """A backup plan with a locked vault of its own: every table, every day, kept for `retention`.

    Nobody deletes a copy by hand: the vault's policy refuses it, and its lock keeps each for at least 7 days.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        tables: Tables to back up.
        encryption_key: Key of the vault.
        retention: How long a copy is kept, at least 7 days. Default: 35 days.
        compliance: True lets nobody loosen the lock once 3 days have passed, root included, and the vault
            stays until the last copy has run out. Default: a privileged role may.
        removal_policy: What `cdk destroy` does to the vault. Default: it stays.

    Attributes:
        vault: The vault.
        plan: The plan; it starts at 03:00 UTC.

    Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html (read
        2026-11-23), https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html (read 2026-11-24).

    Raises:
        ValueError: When `retention` is less than the 7 days for which the vault keeps each copy.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        tables: Sequence[dynamodb.ITable],
        encryption_key: kms.IKey,
        retention: Duration = Duration.days(35),  # noqa: B008 - immutable
        compliance: bool = False,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        if retention.to_days(integral=False) < _LEAST_KEPT.to_days():
            raise ValueError(
                f"TableBackup {self.node.path}: retention is {retention.to_human_string()}, but the vault "
                f"keeps each copy for at least {_LEAST_KEPT.to_human_string()}. Give at least "
                "Duration.days(7).",
            )
        self.vault = backup.BackupVault(
            self,
            "Vault",
            encryption_key=encryption_key,
            block_recovery_point_deletion=True,
            lock_configuration=backup.LockConfiguration(
                min_retention=_LEAST_KEPT, changeable_for=_CHANGEABLE if compliance else None
            ),
            removal_policy=removal_policy,
        )
        self.plan = backup.BackupPlan(self, "Plan", backup_vault=self.vault)
        self.plan.add_rule(
            backup.BackupPlanRule(
                rule_name="daily",
                schedule_expression=events.Schedule.cron(hour="3", minute="0"),
                delete_after=retention,
            ),
        )
        self._select([table.table_arn for table in tables], encryption_key)

    def _select(self, arns: list[str], encryption_key: kms.IKey) -> None:
        # The L2 selection's own role would carry two AWS-managed policies over everything.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("backup.amazonaws.com"))
        iam.ManagedPolicy(
            self,
            "Policy",
            roles=[role],
            statements=[
                iam.PolicyStatement(
                    sid="CopyTables",
                    actions=[
                        "dynamodb:StartAwsBackupJob",
                        "dynamodb:DescribeTable",
                        "dynamodb:ListTagsOfResource",
                    ],
                    resources=arns,
                ),
                iam.PolicyStatement(
                    sid="WriteToVault",
                    actions=["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"],
                    resources=[self.vault.backup_vault_arn],
                ),
                iam.PolicyStatement(
                    sid="EncryptCopies",
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=[encryption_key.key_arn],
                    conditions={
                        "StringLike": {
                            "kms:ViaService": ["dynamodb.*.amazonaws.com", "backup.*.amazonaws.com"]
                        },
                    },
                ),
                # AWS Backup asks for these itself, through no other service.
                iam.PolicyStatement(
                    sid="DescribeKey",
                    actions=["kms:DescribeKey"],
                    resources=[encryption_key.key_arn],
                ),
                iam.PolicyStatement(
                    sid="LetTheServicesUseTheKey",
                    actions=["kms:CreateGrant"],
                    resources=[encryption_key.key_arn],
                    conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
                ),
            ],
        )
        backup.CfnBackupSelection(
            self,
            "Selection",
            backup_plan_id=self.plan.backup_plan_id,
            backup_selection=backup.CfnBackupSelection.BackupSelectionResourceTypeProperty(
                selection_name="tables",
                iam_role_arn=role.role_arn,
                resources=arns,
            ),
        )
