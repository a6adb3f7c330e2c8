"""Boundary 4, data: keys, tables and locked buckets."""

from genai_defense.data.audit_bucket import AuditBucket
from genai_defense.data.backup import TableBackup
from genai_defense.data.conversation_table import ConversationTable
from genai_defense.data.data_key import DataKey

__all__ = ["AuditBucket", "ConversationTable", "DataKey", "TableBackup"]
