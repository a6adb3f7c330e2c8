"""The knowledge base reads examined passages, and its role reaches nothing else."""

from collections.abc import Callable
from typing import Any, Literal

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template

from genai_defense.data import DocumentStores, Embedding, KnowledgeBase

Synth = Callable[[], Template]
Store = Literal["s3-vectors", "opensearch-serverless"]
TITAN = "::foundation-model/amazon.titan-embed-text-v2:0"


@pytest.fixture
def base(stack: cdk.Stack, documents: DocumentStores) -> KnowledgeBase:
    """A knowledge base with defaults."""
    return KnowledgeBase(stack, "Base", documents=documents)


@pytest.fixture
def search_base(stack: cdk.Stack, documents: DocumentStores) -> KnowledgeBase:
    """A knowledge base on OpenSearch Serverless."""
    return KnowledgeBase(stack, "Base", documents=documents, vector_store="opensearch-serverless")


def _one(template: Template, kind: str) -> dict[str, Any]:
    (found,) = template.find_resources(kind).values()
    return dict(found["Properties"])


def _granted(template: Template, policy: str = "BasePolicy") -> dict[str, dict[str, Any]]:
    (found,) = [
        body
        for name, body in template.find_resources("AWS::IAM::ManagedPolicy").items()
        if name.startswith(policy)
    ]
    return {entry["Sid"]: entry for entry in found["Properties"]["PolicyDocument"]["Statement"]}


@pytest.mark.usefixtures("base")
def test_the_role_may_embed_read_passages_and_keep_vectors(template: Synth) -> None:
    granted = _granted(template())
    assert granted.keys() == {
        "Embed",
        "ReadPassages",
        "ListPassages",
        "KeyOfPassages",
        "KeyWhileIngesting",
        "KeepVectors",
        "KeyThroughVectors",
    }
    assert granted["Embed"]["Action"] == "bedrock:InvokeModel"
    assert granted["Embed"]["Resource"]["Fn::Join"][1][-1].endswith(TITAN)
    assert granted["ReadPassages"]["Resource"]["Fn::Join"][1][-1] == "/passages/*"
    assert granted["ListPassages"]["Condition"]["StringLike"] == {"s3:prefix": ["passages/*"]}
    assert granted["KeepVectors"]["Resource"]["Fn::GetAtt"][1] == "IndexArn"


@pytest.mark.usefixtures("base")
def test_bedrock_becomes_the_role_for_knowledge_bases_of_this_account_only(template: Synth) -> None:
    (role,) = [
        body
        for name, body in template().find_resources("AWS::IAM::Role").items()
        if name.startswith("BaseRole")
    ]
    (trust,) = role["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "bedrock.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert trust["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Join"][1][-1] == ":knowledge-base/*"


@pytest.mark.usefixtures("base")
def test_the_data_source_is_the_passages_and_forgets_what_is_deleted(template: Synth) -> None:
    source = _one(template(), "AWS::Bedrock::DataSource")
    s3 = source["DataSourceConfiguration"]["S3Configuration"]
    assert s3["InclusionPrefixes"] == ["passages/"]
    assert s3["BucketArn"]["Fn::GetAtt"][0].startswith("DocumentsTrusted")
    assert source["DataDeletionPolicy"] == "DELETE"
    assert "KmsKeyArn" in source["ServerSideEncryptionConfiguration"]
    chunking = source["VectorIngestionConfiguration"]["ChunkingConfiguration"]
    assert chunking["FixedSizeChunkingConfiguration"] == {"MaxTokens": 300, "OverlapPercentage": 20}


@pytest.mark.usefixtures("base")
def test_vectors_lie_under_our_key_and_can_be_filtered_by_tenant(template: Synth) -> None:
    synthesized = template()
    for kind in ("AWS::S3Vectors::VectorBucket", "AWS::S3Vectors::Index"):
        encryption = _one(synthesized, kind)["EncryptionConfiguration"]
        assert encryption["SseType"] == "aws:kms"
        assert "ForeignKey" in str(encryption["KmsKeyArn"])
    index = _one(synthesized, "AWS::S3Vectors::Index")
    assert index["Dimension"] == 1024
    unfiltered = index["MetadataConfiguration"]["NonFilterableMetadataKeys"]
    assert {"tenant", "sha256"}.isdisjoint(unfiltered)
    base = _one(synthesized, "AWS::Bedrock::KnowledgeBase")
    assert base["StorageConfiguration"]["Type"] == "S3_VECTORS"


@pytest.mark.usefixtures("base")
def test_the_key_lets_vectors_be_indexed_for_this_account_only(template: Synth) -> None:
    keys = template().find_resources("AWS::KMS::Key").values()
    (indexing,) = [
        entry
        for key in keys
        for entry in key["Properties"]["KeyPolicy"]["Statement"]
        if entry.get("Sid") == "AllowIndexingOfVectors"
    ]
    assert indexing["Action"] == "kms:Decrypt"
    assert indexing["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


@pytest.mark.usefixtures("search_base")
def test_a_search_collection_is_reached_by_bedrock_alone_and_lies_under_our_key(template: Synth) -> None:
    policies = {
        policy["Properties"]["Type"]: str(policy["Properties"]["Policy"])
        for policy in template().find_resources("AWS::OpenSearchServerless::SecurityPolicy").values()
    }
    assert '"AllowFromPublic":false' in policies["network"]
    assert '"SourceServices":["bedrock.amazonaws.com"]' in policies["network"]
    assert '"AWSOwnedKey":false' in policies["encryption"]
    assert "ForeignKey" in policies["encryption"]


@pytest.mark.usefixtures("search_base")
def test_a_search_collection_gives_documents_to_the_role_and_not_to_who_made_the_index(
    template: Synth,
) -> None:
    access = [
        str(policy["Properties"]["Policy"])
        for policy in template().find_resources("AWS::OpenSearchServerless::AccessPolicy").values()
    ]
    assert len(access) == 2
    (documents,) = [policy for policy in access if "aoss:ReadDocument" in policy]
    assert "BaseRole" in documents
    (creating,) = [policy for policy in access if "aoss:CreateIndex" in policy]
    assert "cfn-exec-role" in creating
    granted = _granted(template())
    assert granted["ReachCollection"]["Action"] == "aoss:APIAccessAll"
    assert granted["ReachCollection"]["Resource"]["Fn::GetAtt"][1] == "Arn"
    assert "KeepVectors" not in granted


@pytest.mark.usefixtures("search_base")
def test_a_search_index_can_be_filtered_by_tenant(template: Synth) -> None:
    index = _one(template(), "AWS::OpenSearchServerless::Index")
    fields = index["Mappings"]["Properties"]
    assert fields["tenant"] == {"Type": "keyword"}
    assert fields["vector"]["Dimension"] == 1024
    base = _one(template(), "AWS::Bedrock::KnowledgeBase")["StorageConfiguration"]
    mapping = base["OpensearchServerlessConfiguration"]["FieldMapping"]
    assert set(mapping.values()) <= fields.keys()


@pytest.mark.parametrize("store", ["base", "search_base"])
def test_it_stays_unless_told_otherwise(request: pytest.FixtureRequest, store: str, template: Synth) -> None:
    request.getfixturevalue(store)
    kinds = ("AWS::Bedrock::KnowledgeBase", "AWS::Bedrock::DataSource", "AWS::S3Vectors::Index")
    kept = [body["DeletionPolicy"] for kind in kinds for body in template().find_resources(kind).values()]
    assert set(kept) == {"Retain"}


def test_grants_reach_this_base_and_no_model(stack: cdk.Stack, base: KnowledgeBase, template: Synth) -> None:
    policy = iam.ManagedPolicy(stack, "User")
    base.grant_ingest(policy)
    base.grant_withdraw(policy)
    base.grant_retrieve(policy)
    granted = _granted(template(), "User")
    actions = {entry: granted[entry]["Action"] for entry in granted}
    assert actions == {
        "IngestDocuments": [
            "bedrock:DeleteKnowledgeBaseDocuments",
            "bedrock:IngestKnowledgeBaseDocuments",
            "bedrock:StartIngestionJob",
        ],
        "WithdrawDocuments": [
            "bedrock:DeleteKnowledgeBaseDocuments",
            "bedrock:StartIngestionJob",
        ],
        "RetrievePassages": "bedrock:Retrieve",
    }
    assert {str(entry["Resource"]["Fn::GetAtt"][1]) for entry in granted.values()} == {"KnowledgeBaseArn"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"model_id": "amazon.nova-pro-v1:0"}, "not among the embedding models"),
        ({"chunk_tokens": 10}, "chunk_tokens is 10; Bedrock takes 20 to 8192"),
        ({"chunk_overlap_percent": 100}, "chunk_overlap_percent is 100; Bedrock takes 1 to 99"),
    ],
)
def test_what_bedrock_would_refuse_is_refused_at_once(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Embedding(**given)
