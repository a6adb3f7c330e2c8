"""Boundary 4, data: keys, tables and locked buckets."""

from genai_defense.data.approval_table import ApprovalTable
from genai_defense.data.audit_bucket import AuditBucket
from genai_defense.data.backup import TableBackup
from genai_defense.data.conversation_table import READ_AND_DELETE, READ_AND_WRITE, ConversationTable
from genai_defense.data.data_key import DataKey
from genai_defense.data.order_table import OrderTable
from genai_defense.data.quota_table import QuotaTable

__all__ = [
    "READ_AND_DELETE",
    "READ_AND_WRITE",
    "ApprovalTable",
    "AuditBucket",
    "ConversationTable",
    "DataKey",
    "OrderTable",
    "QuotaTable",
    "TableBackup",
]
