"""Models that turn text into numbers: they answer nothing, so no guardrail applies to them."""

import re
from typing import Final

# Length of the vectors that each writes by default.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-supported.html
# (read 2026-11-24).
EMBEDDING_DIMENSIONS: Final = {
    "amazon.titan-embed-text-v2:0": 1024,
    "cohere.embed-english-v3": 1024,
    "cohere.embed-multilingual-v3": 1024,
}
_EMBEDDING_MODEL = re.compile(
    r"arn:[^:]+:bedrock:[^:]*::foundation-model/(amazon\.titan-embed-|amazon\.nova-[a-z0-9-]*embed|"
    r"cohere\.embed-)[A-Za-z0-9.:-]*"
)


def is_embedding_model(arn: str) -> bool:
    """Whether an ARN, with `*` for what is unknown, names embedding models and can name no other model.

    Wildcards may stand in place of partition and Region; in the model's own name they are not accepted.
    """
    return _EMBEDDING_MODEL.fullmatch(arn) is not None
