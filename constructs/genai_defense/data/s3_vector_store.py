"""Vectors in S3: they cost nothing while nobody asks."""

from collections.abc import Sequence

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3vectors as s3vectors
from constructs import Construct

# A vector's filterable metadata may have 2 KB: the text itself, and what nobody filters by, stay outside.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html (read 2026-11-24).
NOT_FILTERED = ("AMAZON_BEDROCK_TEXT", "AMAZON_BEDROCK_METADATA", "title", "uri")
_INDEXING = "indexing.s3vectors.amazonaws.com"


class S3VectorStore(Construct):
    """A vector bucket with one index, both under a key of one's own.

    `tenant` and `sha256` can be filtered by. A vector bucket has no public access at all.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest. S3 Vectors must be let decrypt with it in the background, so it
            must be created in this app.
        dimensions: Length of the vectors, 1 to 4,096.
        removal_policy: What `cdk destroy` does to the vectors. Default: they stay.

    Attributes:
        bucket: The vector bucket.
        index: Its index: float32, cosine distance.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html,
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-bedrock-kb.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        dimensions: int,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self._let_index(encryption_key)
        bucket, index = s3vectors.CfnVectorBucket, s3vectors.CfnIndex
        self.bucket = bucket(
            self,
            "Bucket",
            encryption_configuration=bucket.EncryptionConfigurationProperty(
                sse_type="aws:kms", kms_key_arn=encryption_key.key_arn
            ),
        )
        self.index = index(
            self,
            "Index",
            vector_bucket_arn=self.bucket.attr_vector_bucket_arn,
            data_type="float32",
            dimension=dimensions,
            distance_metric="cosine",
            encryption_configuration=index.EncryptionConfigurationProperty(
                sse_type="aws:kms", kms_key_arn=encryption_key.key_arn
            ),
            metadata_configuration=index.MetadataConfigurationProperty(
                non_filterable_metadata_keys=list(NOT_FILTERED)
            ),
        )
        for resource in (self.bucket, self.index):
            resource.apply_removal_policy(removal_policy)

    @property
    def resources(self) -> Sequence[Construct]:
        """What must stand before a knowledge base does."""
        return [self.index]

    def storage(self) -> bedrock.CfnKnowledgeBase.StorageConfigurationProperty:
        """The store as a knowledge base takes it."""
        properties = bedrock.CfnKnowledgeBase
        return properties.StorageConfigurationProperty(
            type="S3_VECTORS",
            s3_vectors_configuration=properties.S3VectorsConfigurationProperty(
                index_arn=self.index.attr_index_arn
            ),
        )

    def admit(self, role: iam.IRole, policy: iam.ManagedPolicy) -> None:  # noqa: ARG002 - the other store names the role
        """Let the knowledge base's role keep and find vectors in this one index."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="KeepVectors",
                actions=[
                    "s3vectors:DeleteVectors",
                    "s3vectors:GetIndex",
                    "s3vectors:GetVectors",
                    "s3vectors:PutVectors",
                    "s3vectors:QueryVectors",
                ],
                resources=[self.index.attr_index_arn],
            ),
            iam.PolicyStatement(
                sid="KeyThroughVectors",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[self._encryption_key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "s3vectors.*.amazonaws.com"}},
            ),
        )

    def _let_index(self, encryption_key: kms.IKey) -> None:
        stack = Stack.of(self)
        ours = stack.format_arn(
            service="s3vectors",
            resource="bucket",
            resource_name="*",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowIndexingOfVectors",
                principals=[iam.ServicePrincipal(_INDEXING)],
                actions=["kms:Decrypt"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": ours},
                    "ForAnyValue:StringEquals": {
                        "kms:EncryptionContextKeys": ["aws:s3vectors:arn", "aws:s3vectors:resource-id"]
                    },
                },
            )
        )
