"""Daily copies that outlive the table."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_backup as backup
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct


class TableBackup(Construct):
    """A backup plan with a vault of its own: every table, every day, kept for `retention`.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        tables: Tables to back up.
        encryption_key: Key of the vault.
        retention: How long a copy is kept, at least one day. Default: 35 days.
        removal_policy: What `cdk destroy` does to the vault. Default: it stays.

    Attributes:
        vault: The vault.
        plan: The plan; it starts at 03:00 UTC.

    Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html (read
        2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        tables: Sequence[dynamodb.ITable],
        encryption_key: kms.IKey,
        retention: Duration | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self.vault = backup.BackupVault(
            self, "Vault", encryption_key=encryption_key, removal_policy=removal_policy
        )
        self.plan = backup.BackupPlan(self, "Plan", backup_vault=self.vault)
        self.plan.add_rule(
            backup.BackupPlanRule(
                rule_name="daily",
                schedule_expression=events.Schedule.cron(hour="3", minute="0"),
                delete_after=retention or Duration.days(35),
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
