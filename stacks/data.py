"""Boundary 4: what is kept, under which key, for how long."""

from dataclasses import dataclass

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from genai_defense.data import (
    ApprovalTable,
    AuditBucket,
    ConversationTable,
    DataKey,
    DatasetStore,
    OrderTable,
    QuotaTable,
    ResponseTable,
    RestoreTest,
    ReviewTable,
    StandingTable,
    TableBackup,
    access_log_bucket,
    admit_buckets_of_account,
    object_lock,
)
from genai_defense.settings import Settings


@dataclass(frozen=True, kw_only=True)
class ToolData:
    """What the tools work with.

    Attributes:
        key: Key of the tables, the policies, the executions and the messages to approvers.
        orders: The sample order book.
        approvals: What waits for a human.
        standing: How users stand.
    """

    key: DataKey
    orders: OrderTable
    approvals: ApprovalTable
    standing: StandingTable


class DataStack(Stack):
    """Keys, tables with their backup, the locked audit bucket, all buckets' access logs; the tools' data."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment) -> None:
        super().__init__(scope, construct_id, env=env)
        removal = settings.removal_policy
        retention = settings.retention

        self.access_logs = access_log_bucket(
            self, "AccessLogs", perimeter=settings.perimeter, removal_policy=removal
        )
        admit_buckets_of_account(self.access_logs)
        self.log_key = DataKey(self, "LogKey", data_class="logs", removal_policy=removal)
        self.log_key.allow_log_groups()
        audit_key = DataKey(
            self, "AuditKey", data_class="audit records", used_through=["s3"], removal_policy=removal
        )
        table_key = DataKey(
            self,
            "TableKey",
            data_class="conversations and quotas",
            used_through=["backup", "dynamodb"],
            removal_policy=removal,
        )

        self.conversations = ConversationTable(
            self, "Conversations", encryption_key=table_key, removal_policy=removal
        )
        self.quota = QuotaTable(self, "Quota", encryption_key=table_key, removal_policy=removal)
        self.standing = StandingTable(self, "Standing", encryption_key=table_key, removal_policy=removal)
        self.response, self.reviews = self._response_tables(settings)
        self.tools = self._tools(settings) if settings.tools.enabled else None
        tool_tables = [self.tools.orders.table, self.tools.approvals.table] if self.tools else []
        tables = [self.conversations.table, self.quota.table, self.standing.table, self.response.table]
        self._back_up([*tables, self.reviews.table, *tool_tables], table_key, settings)
        self.audit = AuditBucket(
            self,
            "Audit",
            encryption_key=audit_key,
            retention=Duration.days(retention.audit_days),
            compliance=retention.audit_lock == "compliance",
            access_logs=self.access_logs,
            perimeter=settings.perimeter,
            removal_policy=removal,
        )
        self.datasets = self._datasets(settings) if settings.evaluation.enabled else None
        CfnOutput(self, "AuditBucketName", value=self.audit.bucket.bucket_name)
        CfnOutput(self, "QuotaTableName", value=self.quota.table.table_name)
        CfnOutput(self, "ReviewTableName", value=self.reviews.table.table_name)
        CfnOutput(self, "StandingTableName", value=self.standing.table.table_name)

    def _response_tables(self, settings: Settings) -> tuple[ResponseTable, ReviewTable]:
        removal = settings.removal_policy
        response = ResponseTable(
            self,
            "Response",
            encryption_key=DataKey(
                self,
                "ResponseKey",
                data_class="counts and actions of the response",
                used_through=["backup", "dynamodb"],
                removal_policy=removal,
            ),
            removal_policy=removal,
        )
        reviews = ReviewTable(
            self,
            "Reviews",
            encryption_key=DataKey(
                self,
                "ReviewTableKey",
                data_class="reviews of answers",
                used_through=["backup", "dynamodb"],
                removal_policy=removal,
            ),
            removal_policy=removal,
        )
        return response, reviews

    def _datasets(self, settings: Settings) -> DatasetStore:
        removal, retention = settings.removal_policy, settings.retention
        key = DataKey(
            self,
            "DatasetKey",
            data_class="training and evaluation data",
            used_through=["s3"],
            removal_policy=removal,
        )
        store = DatasetStore(
            self,
            "Datasets",
            encryption_key=key,
            lock=object_lock(
                Duration.days(retention.audit_days), compliance=retention.audit_lock == "compliance"
            ),
            access_logs=self.access_logs,
            perimeter=settings.perimeter,
            removal_policy=removal,
        )
        CfnOutput(self, "DatasetBucketName", value=store.bucket.bucket_name)
        CfnOutput(self, "DatasetContributorRoleArn", value=store.contributor.role_arn)
        CfnOutput(self, "DatasetReaderRoleArn", value=store.reader.role_arn)
        return store

    def _back_up(self, tables: list[dynamodb.Table], key: DataKey, settings: Settings) -> None:
        backup = TableBackup(
            self,
            "Backup",
            tables=tables,
            encryption_key=key,
            compliance=settings.retention.audit_lock == "compliance",
            removal_policy=settings.removal_policy,
        )
        if settings.retention.restore_test:
            RestoreTest(self, "RestoreTest", vault=backup.vault, tables=tables, encryption_key=key)

    def _tools(self, settings: Settings) -> ToolData:
        removal = settings.removal_policy
        key = DataKey(self, "ToolKey", data_class="orders, approvals, tool policies", removal_policy=removal)
        orders = OrderTable(self, "Orders", encryption_key=key, removal_policy=removal)
        approvals = ApprovalTable(self, "Approvals", encryption_key=key, removal_policy=removal)
        CfnOutput(self, "OrderTableName", value=orders.table.table_name)
        CfnOutput(self, "ApprovalTableName", value=approvals.table.table_name)
        return ToolData(key=key, orders=orders, approvals=approvals, standing=self.standing)
