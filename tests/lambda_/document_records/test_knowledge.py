"""The knowledge base is believed only what it says plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from document_records import DocumentId, KnowledgeBase, KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.stub import Stubber

DOCUMENT = DocumentId("acme", "a" * 64)
PASSAGE = f"s3://trusted/passages/acme/{'a' * 64}.txt"


def _details(*statuses: str) -> dict[str, Any]:
    one = {
        "knowledgeBaseId": "KB12345678",
        "dataSourceId": "DS12345678",
        "identifier": {"dataSourceType": "S3", "s3": {"uri": PASSAGE}},
    }
    return {"documentDetails": [{**one, "status": status} for status in statuses]}


def _knowledge(client: Any) -> KnowledgeBase:
    return KnowledgeBase(client, "KB12345678", "DS12345678", "trusted")


def test_a_passage_is_taken_in_with_its_metadata(stubbed: Callable[[str], tuple[Any, Stubber]]) -> None:
    client, stubber = stubbed("bedrock-agent")
    stubber.add_response(
        "ingest_knowledge_base_documents",
        _details("STARTING"),
        {
            "knowledgeBaseId": "KB12345678",
            "dataSourceId": "DS12345678",
            "documents": [
                {
                    "content": {"dataSourceType": "S3", "s3": {"s3Location": {"uri": PASSAGE}}},
                    "metadata": {
                        "type": "S3_LOCATION",
                        "s3Location": {"uri": f"{PASSAGE}.metadata.json"},
                    },
                }
            ],
        },
    )
    _knowledge(client).take_in(DOCUMENT)


def test_a_passage_is_let_go_by_its_address(stubbed: Callable[[str], tuple[Any, Stubber]]) -> None:
    client, stubber = stubbed("bedrock-agent")
    stubber.add_response(
        "delete_knowledge_base_documents",
        _details("DELETING"),
        {
            "knowledgeBaseId": "KB12345678",
            "dataSourceId": "DS12345678",
            "documentIdentifiers": [{"dataSourceType": "S3", "s3": {"uri": PASSAGE}}],
        },
    )
    _knowledge(client).let_go(DOCUMENT)


@pytest.mark.parametrize(
    "statuses", [(), ("FAILED",), ("STARTING", "FAILED"), ("METADATA_UPDATE_FAILED",), ("NOT_FOUND",)]
)
def test_a_passage_that_was_not_taken_is_not_published(
    statuses: tuple[str, ...], stubbed: Callable[[str], tuple[Any, Stubber]]
) -> None:
    """Above all one whose metadata failed: it would have no tenant."""
    client, stubber = stubbed("bedrock-agent")
    stubber.add_response("ingest_knowledge_base_documents", _details(*statuses))
    with pytest.raises(KnowledgeBaseError):
        _knowledge(client).take_in(DOCUMENT)


def test_a_passage_that_is_not_there_is_gone(stubbed: Callable[[str], tuple[Any, Stubber]]) -> None:
    client, stubber = stubbed("bedrock-agent")
    stubber.add_response("delete_knowledge_base_documents", _details("NOT_FOUND"))
    stubber.add_response("delete_knowledge_base_documents", _details("FAILED"))
    _knowledge(client).let_go(DOCUMENT)
    with pytest.raises(KnowledgeBaseError):
        _knowledge(client).let_go(DOCUMENT)
