"""How passages become vectors."""

from dataclasses import dataclass

from aws_cdk import aws_bedrock as bedrock

from genai_defense.checks.embedding_models import EMBEDDING_DIMENSIONS

_CHUNK_TOKENS, _OVERLAP_PERCENT = (20, 8192), (1, 99)


@dataclass(frozen=True, kw_only=True)
class Embedding:
    """How passages become vectors.

    Attributes:
        model_id: Embedding model: one of `EMBEDDING_DIMENSIONS`.
        chunk_tokens: Longest piece of a passage that becomes one vector, 20 to 8,192 tokens.
        chunk_overlap_percent: How much of a piece the next one repeats, 1 to 99 percent.

    Raises:
        ValueError: The model is no known embedding model, or a number is out of bounds.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/kb-chunking.html (read 2026-11-24).
    """

    model_id: str = "amazon.titan-embed-text-v2:0"
    chunk_tokens: int = 300
    chunk_overlap_percent: int = 20

    def __post_init__(self) -> None:
        """Refuse what Bedrock would refuse only at the deployment."""
        if self.model_id not in EMBEDDING_DIMENSIONS:
            raise ValueError(
                f"Embedding: {self.model_id!r} is not among the embedding models "
                f"{', '.join(EMBEDDING_DIMENSIONS)}. Choose one of them, or add it with its dimensions."
            )
        for name, value, (least, most) in (
            ("chunk_tokens", self.chunk_tokens, _CHUNK_TOKENS),
            ("chunk_overlap_percent", self.chunk_overlap_percent, _OVERLAP_PERCENT),
        ):
            if not least <= value <= most:
                raise ValueError(f"Embedding: {name} is {value}; Bedrock takes {least} to {most}.")

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""
        return EMBEDDING_DIMENSIONS[self.model_id]

    @property
    def chunking(self) -> bedrock.CfnDataSource.VectorIngestionConfigurationProperty:
        """The pieces as a data source takes them."""
        properties = bedrock.CfnDataSource
        return properties.VectorIngestionConfigurationProperty(
            chunking_configuration=properties.ChunkingConfigurationProperty(
                chunking_strategy="FIXED_SIZE",
                fixed_size_chunking_configuration=properties.FixedSizeChunkingConfigurationProperty(
                    max_tokens=self.chunk_tokens, overlap_percentage=self.chunk_overlap_percent
                ),
            )
        )
