"""Whether the chatbot answers from documents, and how they are examined and kept."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from genai_defense.data.embedding import Embedding
from genai_defense.settings.section import Section

RoleArn = Annotated[str, StringConstraints(pattern=r"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$")]


class KnowledgeSettings(Section):
    """Whether the chatbot answers from documents, and how they are examined and kept.

    How long trusted documents and manifests are locked is `retention.audit_days` and `retention.audit_lock`.

    Attributes:
        enabled: False leaves buckets, scan, functions and knowledge base out. Without documents they cost the
            price of two KMS keys and of two interface endpoints.
        vector_store: `s3-vectors` costs nothing while nobody asks; `opensearch-serverless` about 350 USD a
            month in us-east-1 (two OpenSearch Compute Units around the clock), without a single request.
        embedding_model_id: Bedrock model that turns passages into vectors; changing it makes a new index,
            into which every document has to be published again.
        chunk_tokens: Longest piece of a passage that becomes one vector, 20 to 8,192 tokens.
        chunk_overlap_percent: How much of a piece the next one repeats, 1 to 99 percent.
        max_document_mib: Largest document that is published, 1 to 50 MiB; a larger one is quarantined.
        max_pages: Most pages of a document that is published, 1 to 5,000.
        responder_roles: ARNs of the roles that may read quarantined documents; empty: nobody.
    """

    enabled: bool = True
    vector_store: Literal["s3-vectors", "opensearch-serverless"] = "s3-vectors"
    embedding_model_id: Literal[
        "amazon.titan-embed-text-v2:0", "cohere.embed-english-v3", "cohere.embed-multilingual-v3"
    ] = "amazon.titan-embed-text-v2:0"
    chunk_tokens: Annotated[int, Field(ge=20, le=8192)] = 300
    chunk_overlap_percent: Annotated[int, Field(ge=1, le=99)] = 20
    max_document_mib: Annotated[int, Field(ge=1, le=50)] = 10
    max_pages: Annotated[int, Field(ge=1, le=5000)] = 500
    responder_roles: Annotated[tuple[RoleArn, ...], Field(strict=False)] = ()

    @property
    def embedding(self) -> Embedding:
        """Model and pieces, as the construct takes them."""
        return Embedding(
            model_id=self.embedding_model_id,
            chunk_tokens=self.chunk_tokens,
            chunk_overlap_percent=self.chunk_overlap_percent,
        )
