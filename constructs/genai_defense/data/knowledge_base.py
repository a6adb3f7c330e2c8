"""What the chatbot may answer from: the examined passages, and a role that reaches nothing else."""

from typing import Literal

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.checks.finding_ids import wildcard_below
from genai_defense.data.bucket_denials import key_through_s3
from genai_defense.data.data_perimeter import reaches_beside_endpoints
from genai_defense.data.document_stores import DocumentStores
from genai_defense.data.embedding import Embedding
from genai_defense.data.s3_vector_store import S3VectorStore
from genai_defense.data.search_vector_store import SearchVectorStore
from genai_defense.data.trusted_bucket import PASSAGES
from genai_defense.unique_name import unique_name

_SERVICE = "bedrock.amazonaws.com"


class KnowledgeBase(Construct):
    """A Bedrock knowledge base on the passages of a document pipeline.

    Its role may invoke the one embedding model, reach the one vector index and read the one prefix of the one
    bucket; Bedrock becomes it for knowledge bases of this account only. No guardrail stands on its calls of
    the embedding model, since such a model answers nothing.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        documents: Where the passages are; its key encrypts vectors and what Bedrock keeps while it ingests.
        embedding: Model and pieces. Default: Titan Text Embeddings V2, 300 tokens, 20 percent overlap.
        vector_store: `s3-vectors` (default), or `opensearch-serverless`, which bills around the clock.
        removal_policy: What `cdk destroy` does to base and vectors. Default: they stay.

    Attributes:
        base: The knowledge base.
        data_source: Its one data source, the prefix `passages/`; what is deleted from it leaves the vectors.
        role: What Bedrock becomes.
        vectors: The vector store.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html,
        https://docs.aws.amazon.com/bedrock/latest/userguide/kb-direct-ingestion-prereq.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        documents: DocumentStores,
        embedding: Embedding = Embedding(),  # noqa: B008 - immutable
        vector_store: Literal["s3-vectors", "opensearch-serverless"] = "s3-vectors",
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._documents = documents
        self._model_arn = Stack.of(self).format_arn(
            service="bedrock",
            account="",
            resource="foundation-model",
            resource_name=embedding.model_id,
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        kind = S3VectorStore if vector_store == "s3-vectors" else SearchVectorStore
        self.vectors: S3VectorStore | SearchVectorStore = kind(
            self,
            "Vectors",
            encryption_key=documents.encryption_key,
            dimensions=embedding.dimensions,
            removal_policy=removal_policy,
        )
        self.role = iam.Role(self, "Role", assumed_by=self._bedrock())
        reaches_beside_endpoints(self.role)
        policy = self._policy()
        self.vectors.admit(self.role, policy)
        self.base = self._base()
        # Bedrock tries its permissions when the base is made.
        self.base.node.add_dependency(policy, self.vectors)
        self.data_source = self._data_source(embedding)
        for resource in (self.base, self.data_source):
            resource.apply_removal_policy(removal_policy)

    @property
    def knowledge_base_id(self) -> str:
        """Id of the base."""
        return self.base.attr_knowledge_base_id

    @property
    def knowledge_base_arn(self) -> str:
        """ARN of the base."""
        return self.base.attr_knowledge_base_arn

    @property
    def data_source_id(self) -> str:
        """Id of the data source."""
        return self.data_source.attr_data_source_id

    def grant_ingest(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` hand documents to the base, and take them out again."""
        self._grant(
            policy,
            "IngestDocuments",
            "bedrock:DeleteKnowledgeBaseDocuments",
            "bedrock:IngestKnowledgeBaseDocuments",
            "bedrock:StartIngestionJob",
        )

    def grant_withdraw(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` take documents out of the base."""
        self._grant(
            policy, "WithdrawDocuments", "bedrock:DeleteKnowledgeBaseDocuments", "bedrock:StartIngestionJob"
        )

    def grant_retrieve(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` look passages up, and have no model answer (that is `RetrieveAndGenerate`)."""
        self._grant(policy, "RetrievePassages", "bedrock:Retrieve")

    def _grant(self, policy: iam.ManagedPolicy, sid: str, *actions: str) -> None:
        policy.add_statements(
            iam.PolicyStatement(sid=sid, actions=list(actions), resources=[self.knowledge_base_arn])
        )

    def _bedrock(self) -> iam.ServicePrincipal:
        stack = Stack.of(self)
        ours = stack.format_arn(service="bedrock", resource="knowledge-base", resource_name="*")
        return iam.ServicePrincipal(
            _SERVICE,
            conditions={
                "StringEquals": {"aws:SourceAccount": stack.account},
                "ArnLike": {"aws:SourceArn": ours},
            },
        )

    def _policy(self) -> iam.ManagedPolicy:
        bucket, key = self._documents.trusted.bucket, self._documents.encryption_key
        policy = iam.ManagedPolicy(
            self,
            "Policy",
            roles=[self.role],
            statements=[
                iam.PolicyStatement(
                    sid="Embed", actions=["bedrock:InvokeModel"], resources=[self._model_arn]
                ),
                iam.PolicyStatement(
                    sid="ReadPassages",
                    actions=["s3:GetObject"],
                    resources=[bucket.arn_for_objects(f"{PASSAGES}/*")],
                    conditions={"StringEquals": {"aws:ResourceAccount": Stack.of(self).account}},
                ),
                iam.PolicyStatement(
                    sid="ListPassages",
                    actions=["s3:ListBucket"],
                    resources=[bucket.bucket_arn],
                    conditions={
                        "StringEquals": {"aws:ResourceAccount": Stack.of(self).account},
                        "StringLike": {"s3:prefix": [f"{PASSAGES}/*"]},
                    },
                ),
                key_through_s3("KeyOfPassages", key.key_arn, "kms:Decrypt"),
                # What Bedrock keeps while it ingests; it asks the key itself, through no other service.
                iam.PolicyStatement(
                    sid="KeyWhileIngesting",
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=[key.key_arn],
                ),
            ],
        )
        # A key that is used through services alone has to name who asks it without one.
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowIngestionByTheKnowledgeBase",
                principals=[iam.ArnPrincipal(self.role.role_arn)],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
            )
        )
        acknowledge(
            policy,
            wildcard_below(bucket.bucket_arn, f"/{PASSAGES}/*", owner=bucket, reader=policy),
            reason="Passages have no names yet when the permission is written; it allows to read what was "
            "examined and stands below this one prefix.",
        )
        return policy

    def _base(self) -> bedrock.CfnKnowledgeBase:
        base = bedrock.CfnKnowledgeBase
        return base(
            self,
            "Base",
            name=unique_name(self, "passages"),
            description="Passages of examined documents.",
            role_arn=self.role.role_arn,
            knowledge_base_configuration=base.KnowledgeBaseConfigurationProperty(
                type="VECTOR",
                vector_knowledge_base_configuration=base.VectorKnowledgeBaseConfigurationProperty(
                    embedding_model_arn=self._model_arn
                ),
            ),
            storage_configuration=self.vectors.storage(),
        )

    def _data_source(self, embedding: Embedding) -> bedrock.CfnDataSource:
        source = bedrock.CfnDataSource
        return source(
            self,
            "Passages",
            name="passages",
            knowledge_base_id=self.knowledge_base_id,
            data_deletion_policy="DELETE",
            data_source_configuration=source.DataSourceConfigurationProperty(
                type="S3",
                s3_configuration=source.S3DataSourceConfigurationProperty(
                    bucket_arn=self._documents.trusted.bucket.bucket_arn,
                    bucket_owner_account_id=Stack.of(self).account,
                    inclusion_prefixes=[f"{PASSAGES}/"],
                ),
            ),
            server_side_encryption_configuration=source.ServerSideEncryptionConfigurationProperty(
                kms_key_arn=self._documents.encryption_key.key_arn
            ),
            vector_ingestion_configuration=embedding.chunking,
        )
