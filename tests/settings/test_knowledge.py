"""Which documents the chatbot answers from, and on what terms."""

from typing import Any

import pytest

from genai_defense.settings.knowledge import KnowledgeSettings


def test_documents_are_there_unless_they_are_turned_off() -> None:
    settings = KnowledgeSettings()
    assert settings.enabled
    assert settings.vector_store == "s3-vectors", "which costs nothing while nobody asks"
    assert settings.embedding.dimensions == 1024
    assert settings.responder_roles == ()


@pytest.mark.parametrize(
    "given",
    [
        {"max_document_mib": 0},
        {"max_document_mib": 51},
        {"max_pages": 5001},
        {"chunk_tokens": 19},
        {"chunk_overlap_percent": 100},
        {"vector_store": "pinecone"},
        {"embedding_model_id": "amazon.nova-pro-v1:0"},
        {"responder_roles": ["arn:aws:iam::123456789012:user/somebody"]},
        {"responder_roles": ["*"]},
    ],
)
def test_what_is_out_of_bounds_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="KnowledgeSettings"):
        KnowledgeSettings.model_validate(given)
