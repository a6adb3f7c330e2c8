"""The knowledge base: takes a published passage in, and lets go of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from document_records.keys import DocumentId

# IGNORED is what a passage gets that is there already, unchanged.
_TAKEN: Final = frozenset({"STARTING", "PENDING", "IN_PROGRESS", "INDEXED", "PARTIALLY_INDEXED", "IGNORED"})
_LET_GO: Final = frozenset(
    {"DELETING", "DELETE_IN_PROGRESS", "NOT_FOUND", "STARTING", "PENDING", "IN_PROGRESS", "IGNORED"}
)


class KnowledgeBaseError(RuntimeError):
    """The knowledge base did not take or let go of a passage; the same call may be made again."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """One data source of one knowledge base.

    Args:
        client: Client of the service ``bedrock-agent``.
        knowledge_base_id: Which.
        data_source_id: The data source that reads the trusted bucket.
        bucket_name: The trusted bucket.
    """

    client: Any
    knowledge_base_id: str
    data_source_id: str
    bucket_name: str

    def take_in(self, document: DocumentId) -> None:
        """Have a passage read with its metadata; a passage that is there already stays.

        Raises:
            KnowledgeBaseError: It was not accepted.
        """
        answer = self.client.ingest_knowledge_base_documents(
            knowledgeBaseId=self.knowledge_base_id,
            dataSourceId=self.data_source_id,
            documents=[
                {
                    "content": {
                        "dataSourceType": "S3",
                        "s3": {"s3Location": {"uri": self._uri(document.passage)}},
                    },
                    "metadata": {"type": "S3_LOCATION", "s3Location": {"uri": self._uri(document.metadata)}},
                }
            ],
        )
        _check(answer, _TAKEN)

    def let_go(self, document: DocumentId) -> None:
        """Have a passage removed; one that is not there is no error.

        Raises:
            KnowledgeBaseError: It was not accepted.
        """
        answer = self.client.delete_knowledge_base_documents(
            knowledgeBaseId=self.knowledge_base_id,
            dataSourceId=self.data_source_id,
            documentIdentifiers=[{"dataSourceType": "S3", "s3": {"uri": self._uri(document.passage)}}],
        )
        _check(answer, _LET_GO)

    def _uri(self, key: str) -> str:
        return f"s3://{self.bucket_name}/{key}"


def _check(answer: dict[str, Any], accepted: frozenset[str]) -> None:
    statuses = [str(detail.get("status")) for detail in answer.get("documentDetails", [])]
    if not statuses or not accepted.issuperset(statuses):
        raise KnowledgeBaseError(f"The knowledge base answered {', '.join(statuses) or 'nothing'}.")
