"""A backup that nobody has restored is a hope: once a week, AWS Backup restores one and throws it away."""

from collections.abc import Sequence

from aws_cdk import ArnFormat, Names, Stack
from aws_cdk import aws_backup as backup
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge

_LONGEST_NAME = 50
# What AWS Backup calls the tables that it restores to test.
_RESTORED = "awsbackup-restore-test-*"


class RestoreTest(Construct):
    """Restores the newest copy of each table every week, keeps it for a day to look at, and deletes it.

    AWS Backup bills each restore. What it did, and whether it succeeded, stands under "restore testing" and
    in events of `aws.backup`; `docs/restore-drill.md` says what people do besides.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        vault: Vault of the copies.
        tables: The tables.
        encryption_key: Key of tables and vault.

    Attributes:
        plan: The plan; it starts on Sundays at 05:00 UTC.
        role: With it, AWS Backup restores. It makes, reads and deletes tables whose name says that they are
            a test's, and nothing else.

    Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vault: backup.IBackupVault,
        tables: Sequence[dynamodb.ITable],
        encryption_key: kms.IKey,
    ) -> None:
        super().__init__(scope, construct_id)
        name = Names.unique_resource_name(self, max_length=_LONGEST_NAME, separator="_")
        self.plan = backup.CfnRestoreTestingPlan(
            self,
            "Plan",
            # CloudFormation requires a name; this one is made of the construct's place.
            restore_testing_plan_name=name,
            schedule_expression="cron(0 5 ? * SUN *)",
            start_window_hours=8,
            recovery_point_selection=backup.CfnRestoreTestingPlan.RestoreTestingRecoveryPointSelectionProperty(
                algorithm="LATEST_WITHIN_WINDOW",
                include_vaults=[vault.backup_vault_arn],
                recovery_point_types=["SNAPSHOT"],
                selection_window_days=7,
            ),
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("backup.amazonaws.com"))
        self._allow_restores(vault, encryption_key)
        selection = backup.CfnRestoreTestingSelection(
            self,
            "Tables",
            restore_testing_plan_name=self.plan.ref,
            restore_testing_selection_name="tables",
            protected_resource_type="DynamoDB",
            protected_resource_arns=[table.table_arn for table in tables],
            iam_role_arn=self.role.role_arn,
            validation_window_hours=24,
        )
        selection.add_dependency(self.plan)

    def _allow_restores(self, vault: backup.IBackupVault, encryption_key: kms.IKey) -> None:
        stack = Stack.of(self)
        restored = stack.format_arn(service="dynamodb", resource="table", resource_name=_RESTORED)
        copies = stack.format_arn(
            service="backup",
            resource="recovery-point",
            resource_name="*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[self.role],
            statements=[
                iam.PolicyStatement(
                    sid="RestoreCopies",
                    actions=["dynamodb:RestoreTableFromAwsBackup", "backup:DescribeRecoveryPoint"],
                    resources=[copies, vault.backup_vault_arn, restored],
                ),
                iam.PolicyStatement(
                    sid="MakeAndDeleteTestTables",
                    actions=[
                        "dynamodb:BatchWriteItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:DeleteTable",
                        "dynamodb:DescribeTable",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query",
                        "dynamodb:Scan",
                        "dynamodb:UpdateItem",
                    ],
                    resources=[restored],
                ),
                iam.PolicyStatement(
                    sid="DecryptCopies",
                    actions=["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                    resources=[encryption_key.key_arn],
                    conditions={
                        "StringLike": {
                            "kms:ViaService": ["dynamodb.*.amazonaws.com", "backup.*.amazonaws.com"]
                        },
                    },
                ),
                iam.PolicyStatement(
                    sid="LetTheServicesUseTheKey",
                    actions=["kms:CreateGrant"],
                    resources=[encryption_key.key_arn],
                    conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
                ),
            ],
        )
        for arn in (copies, restored):
            acknowledge(
                policy,
                f"AwsSolutions-IAM5[Resource::{_as_nag_writes(stack, arn)}]",
                reason="AWS Backup names copies and the tables of a restore test itself, when it makes them; "
                "their ARNs begin as this pattern does, and no table of the application's does.",
            )


def _as_nag_writes(stack: Stack, arn: str) -> str:
    parts = stack.resolve(arn)["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else f"<{part['Ref']}>" for part in parts)
