"""Boundary 4: what is kept, under which key, for how long."""

from dataclasses import dataclass

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from genai_defense.data import (
    ApprovalTable,
    AuditBucket,
    ConversationTable,
    DataKey,
    OrderTable,
    QuotaTable,
    TableBackup,
)
from genai_defense.settings import Settings


@dataclass(frozen=True, kw_only=True)
class ToolData:
    """What the tools work with.

    Attributes:
        key: Key of the tables, the policies, the executions and the messages to approvers.
        orders: The sample order book.
        approvals: What waits for a human.
    """

    key: DataKey
    orders: OrderTable
    approvals: ApprovalTable


class DataStack(Stack):
    """Keys, the tables with their backup, the locked audit bucket; with tools, what these work with."""

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
        self.tools = self._tools(settings) if settings.tools.enabled else None
        tool_tables = [self.tools.orders.table, self.tools.approvals.table] if self.tools else []
        TableBackup(
            self,
            "Backup",
            tables=[self.conversations.table, self.quota.table, *tool_tables],
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

    def _tools(self, settings: Settings) -> ToolData:
        removal = settings.removal_policy
        key = DataKey(self, "ToolKey", data_class="orders, approvals, tool policies", removal_policy=removal)
        orders = OrderTable(self, "Orders", encryption_key=key, removal_policy=removal)
        approvals = ApprovalTable(self, "Approvals", encryption_key=key, removal_policy=removal)
        CfnOutput(self, "OrderTableName", value=orders.table.table_name)
        CfnOutput(self, "ApprovalTableName", value=approvals.table.table_name)
        return ToolData(key=key, orders=orders, approvals=approvals)
