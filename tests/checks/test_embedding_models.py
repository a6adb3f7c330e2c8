"""Which ARNs name models that embed, and can name none that answers."""

import pytest

from genai_defense.checks.embedding_models import EMBEDDING_DIMENSIONS, is_embedding_model


@pytest.mark.parametrize("model", EMBEDDING_DIMENSIONS)
@pytest.mark.parametrize("region", ["us-east-1", "*", ""])
def test_an_embedding_model_is_one(model: str, region: str) -> None:
    assert is_embedding_model(f"arn:aws:bedrock:{region}::foundation-model/{model}")


@pytest.mark.parametrize(
    "arn",
    [
        "*",
        "arn:aws:bedrock:us-east-1::foundation-model/*",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.*",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-*",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:?",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:foundation-model/amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:us-east-1:123456789012:imported-model/amazon.titan-embed-text-v2:0",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0/../amazon.nova-pro-v1:0",
    ],
)
def test_another_model_or_a_pattern_is_none(arn: str) -> None:
    assert not is_embedding_model(arn)
