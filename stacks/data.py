"""Boundary 4: what is kept, under which key, for how long."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from genai_defense.data import AuditBucket, ConversationTable, DataKey, QuotaTable, TableBackup
from genai_defense.settings import Settings


class DataStack(Stack):
    """Keys, the conversation and quota tables with their backup, the locked audit bucket."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment) -> None:
        super().__init__(scope, construct_id, env=env)
        removal = settings.removal_policy
        retention = settings.retention

        self.log_key = DataKey(self, "LogKey", data_class="logs", removal_policy=removal)
        self.log_key.allow_log_groups()
        audit_key = DataKey(self, "AuditKey", data_class="audit records", removal_policy=removal)
        table_key = DataKey(self, "TableKey", data_class="conversations and quotas", removal_policy=removal)

        self.conversations = ConversationTable(
            self, "Conversations", encryption_key=table_key, removal_policy=removal
        )
        self.quota = QuotaTable(self, "Quota", encryption_key=table_key, removal_policy=removal)
        TableBackup(
            self,
            "Backup",
            tables=[self.conversations.table, self.quota.table],
            encryption_key=table_key,
            removal_policy=removal,
        )
        self.audit = AuditBucket(
            self,
            "Audit",
            encryption_key=audit_key,
            retention=Duration.days(retention.audit_days),
            compliance=retention.audit_lock == "compliance",
            removal_policy=removal,
        )
        CfnOutput(self, "AuditBucketName", value=self.audit.bucket.bucket_name)
        CfnOutput(self, "QuotaTableName", value=self.quota.table.table_name)
