"""Boundary 4, data: keys, tables and locked buckets."""

from genai_defense.data.approval_table import ApprovalTable
from genai_defense.data.audit_bucket import AuditBucket
from genai_defense.data.backup import TableBackup
from genai_defense.data.conversation_table import READ_AND_DELETE, READ_AND_WRITE, ConversationTable
from genai_defense.data.data_key import DataKey
from genai_defense.data.data_perimeter import DataPerimeter
from genai_defense.data.dataset_store import DatasetStore
from genai_defense.data.document_actor import DocumentActor
from genai_defense.data.document_stores import DocumentStores
from genai_defense.data.document_table import DocumentTable
from genai_defense.data.embedding import Embedding
from genai_defense.data.key_administrators import KeyAdministrators
from genai_defense.data.key_watch import KeyWatch
from genai_defense.data.knowledge_base import KnowledgeBase
from genai_defense.data.landing_bucket import LandingBucket
from genai_defense.data.malware_scan import MalwareScan
from genai_defense.data.manifest_bucket import ManifestBucket
from genai_defense.data.order_table import OrderTable
from genai_defense.data.private_bucket import (
    PrivateBucket,
    access_log_bucket,
    admit_buckets_of_account,
    object_lock,
)
from genai_defense.data.quarantine_bucket import QuarantineBucket
from genai_defense.data.quota_table import QuotaTable
from genai_defense.data.response_table import ResponseTable
from genai_defense.data.restore_test import RestoreTest
from genai_defense.data.review_table import ReviewTable
from genai_defense.data.s3_vector_store import S3VectorStore
from genai_defense.data.search_vector_store import SearchVectorStore
from genai_defense.data.standing_table import StandingTable
from genai_defense.data.trusted_bucket import TrustedBucket

__all__ = [
    "READ_AND_DELETE",
    "READ_AND_WRITE",
    "ApprovalTable",
    "AuditBucket",
    "ConversationTable",
    "DataKey",
    "DataPerimeter",
    "DatasetStore",
    "DocumentActor",
    "DocumentStores",
    "DocumentTable",
    "Embedding",
    "KeyAdministrators",
    "KeyWatch",
    "KnowledgeBase",
    "LandingBucket",
    "MalwareScan",
    "ManifestBucket",
    "OrderTable",
    "PrivateBucket",
    "QuarantineBucket",
    "QuotaTable",
    "ResponseTable",
    "RestoreTest",
    "ReviewTable",
    "S3VectorStore",
    "SearchVectorStore",
    "StandingTable",
    "TableBackup",
    "TrustedBucket",
    "access_log_bucket",
    "admit_buckets_of_account",
    "object_lock",
]
