"""A vector store asks who somebody is: by IAM or by a secret."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-KnowledgeBaseSignsInToItsStore"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:store-AbCdEf"


def base(store: object, *, kind: object = "VECTOR", **configuration: object) -> dict[str, Any]:
    return {
        "KnowledgeBaseConfiguration": {"Type": kind},
        "StorageConfiguration": {"Type": store, **configuration},
    }


@pytest.mark.parametrize(
    "properties",
    [
        base(
            "S3_VECTORS",
            S3VectorsConfiguration={"IndexArn": "arn:aws:s3vectors:us-east-1:1:bucket/a/index/b"},
        ),
        base("OPENSEARCH_SERVERLESS"),
        base("OPENSEARCH_MANAGED_CLUSTER"),
        base("NEPTUNE_ANALYTICS"),
        base("RDS", RdsConfiguration={"CredentialsSecretArn": SECRET}),
        base("PINECONE", PineconeConfiguration={"CredentialsSecretArn": SECRET}),
        base("MONGO_DB_ATLAS", MongoDbAtlasConfiguration={"CredentialsSecretArn": {"Ref": "Secret"}}),
    ],
)
def test_iam_and_a_secret_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    secret: dict[str, Any] = {"Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {}}}
    assert isinstance(ask(RULE, properties, others=secret), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        base("PINECONE", PineconeConfiguration={"ConnectionString": "https://x"}),
        base("RDS"),
        base("SOMETHING_NEW"),
        base(None),
    ],
)
def test_nobody_and_the_unknown_are_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize("kind", ["KENDRA", "SQL", "MANAGED"])
def test_a_base_without_a_store_of_its_own_is_not_asked(ask: Callable[..., Answer], kind: str) -> None:
    assert isinstance(ask(RULE, {"KnowledgeBaseConfiguration": {"Type": kind}}), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        base({"Ref": "Given"}),
        base("RDS", kind={"Ref": "Given"}),
        base("PINECONE", PineconeConfiguration={"CredentialsSecretArn": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)
