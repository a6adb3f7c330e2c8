"""Where documents stand: names, rows, knowledge base, passages. Shared by ingestion and withdrawal."""

from document_records.keys import EVERY_TENANT, SHA256, TENANT, DocumentId
from document_records.knowledge import KnowledgeBase, KnowledgeBaseError
from document_records.passages import Passages
from document_records.rows import MALWARE, OF_THE_UPLOAD, Row, Status
from document_records.table import DocumentTable

__all__ = [
    "EVERY_TENANT",
    "MALWARE",
    "OF_THE_UPLOAD",
    "SHA256",
    "TENANT",
    "DocumentId",
    "DocumentTable",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "Passages",
    "Row",
    "Status",
]
