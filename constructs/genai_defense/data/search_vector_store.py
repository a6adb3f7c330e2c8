"""Vectors in OpenSearch Serverless, for those who need its search; it costs also while nobody asks."""

from collections.abc import Sequence
from typing import Any

from aws_cdk import DefaultStackSynthesizer, Fn, RemovalPolicy, Stack
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_opensearchserverless as search
from constructs import Construct

from genai_defense.unique_name import unique_name

INDEX_NAME = "passages"
_VECTOR, _TEXT, _METADATA = "vector", "AMAZON_BEDROCK_TEXT_CHUNK", "AMAZON_BEDROCK_METADATA"
_KEEPING = ("aoss:DescribeIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument")
_CREATING = ("aoss:CreateIndex", "aoss:DeleteIndex", "aoss:DescribeIndex", "aoss:UpdateIndex")


class SearchVectorStore(Construct):
    """A vector collection under a key of one's own that Bedrock alone reaches, never the internet.

    A collection bills at least one OpenSearch Compute Unit for indexing and one for search, around the clock
    (two halves each with redundancy): about 350 USD a month in us-east-1, without a single request.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key for data at rest.
        dimensions: Length of the vectors.
        index_creators: ARNs of the roles that may create the index. Default: the role with which
            CloudFormation deploys this stack.
        removal_policy: What `cdk destroy` does to the collection. Default: it stays, protected against
            deletion.

    Attributes:
        collection: The collection.
        index: Its index.

    Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html,
        https://aws.amazon.com/opensearch-service/pricing/ (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        dimensions: int,
        index_creators: Sequence[str] | None = None,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        self._name = unique_name(self, "docs")
        self._creators = list(index_creators or [_deploying_role(self)])
        keep = removal_policy is not RemovalPolicy.DESTROY
        policies = [self._encrypt(encryption_key), self._let_bedrock_in()]
        self.collection = search.CfnCollection(
            self,
            "Collection",
            name=self._name,
            type="VECTORSEARCH",
            standby_replicas="ENABLED" if keep else "DISABLED",
            deletion_protection="ENABLED" if keep else "DISABLED",
        )
        self.collection.apply_removal_policy(removal_policy)
        for policy in policies:
            self.collection.node.add_dependency(policy)
        creating = self._access("Creators", self._creators, _CREATING)
        self.index = self._index(dimensions)
        self.index.node.add_dependency(creating)

    @property
    def resources(self) -> Sequence[Construct]:
        """What must stand before a knowledge base does."""
        return [self.index]

    def storage(self) -> bedrock.CfnKnowledgeBase.StorageConfigurationProperty:
        """The store as a knowledge base takes it."""
        properties = bedrock.CfnKnowledgeBase
        return properties.StorageConfigurationProperty(
            type="OPENSEARCH_SERVERLESS",
            opensearch_serverless_configuration=properties.OpenSearchServerlessConfigurationProperty(
                collection_arn=self.collection.attr_arn,
                vector_index_name=INDEX_NAME,
                field_mapping=properties.OpenSearchServerlessFieldMappingProperty(
                    vector_field=_VECTOR, text_field=_TEXT, metadata_field=_METADATA
                ),
            ),
        )

    def admit(self, role: iam.IRole, policy: iam.ManagedPolicy) -> None:
        """Let the knowledge base's role keep and find vectors in this one collection."""
        self._access("KnowledgeBase", [role.role_arn], _KEEPING)
        policy.add_statements(
            iam.PolicyStatement(
                sid="ReachCollection", actions=["aoss:APIAccessAll"], resources=[self.collection.attr_arn]
            )
        )

    def _encrypt(self, encryption_key: kms.IKey) -> search.CfnSecurityPolicy:
        return self._policy(
            "Encryption",
            {
                "Rules": [{"ResourceType": "collection", "Resource": [f"collection/{self._name}"]}],
                "AWSOwnedKey": False,
                "KmsARN": encryption_key.key_arn,
            },
        )

    def _let_bedrock_in(self) -> search.CfnSecurityPolicy:
        return self._policy(
            "Network",
            [
                {
                    "Rules": [{"ResourceType": "collection", "Resource": [f"collection/{self._name}"]}],
                    "AllowFromPublic": False,
                    "SourceServices": ["bedrock.amazonaws.com"],
                }
            ],
        )

    def _policy(self, kind: str, document: Any) -> search.CfnSecurityPolicy:
        return search.CfnSecurityPolicy(
            self,
            kind,
            name=unique_name(self, kind[:3].lower()),
            type=kind.lower(),
            policy=Stack.of(self).to_json_string(document),
        )

    def _access(self, kind: str, principals: Sequence[str], actions: Sequence[str]) -> search.CfnAccessPolicy:
        document = [
            {
                "Rules": [
                    {
                        "ResourceType": "index",
                        "Resource": [f"index/{self._name}/{INDEX_NAME}"],
                        "Permission": list(actions),
                    }
                ],
                "Principal": list(principals),
            }
        ]
        return search.CfnAccessPolicy(
            self,
            f"{kind}Access",
            name=unique_name(self, kind[:3].lower()),
            type="data",
            policy=Stack.of(self).to_json_string(document),
        )

    def _index(self, dimensions: int) -> search.CfnIndex:
        index = search.CfnIndex
        return index(
            self,
            "Index",
            collection_endpoint=self.collection.attr_collection_endpoint,
            index_name=INDEX_NAME,
            settings=index.IndexSettingsProperty(index=index.IndexProperty(knn=True)),
            mappings=index.MappingsProperty(
                properties={
                    _VECTOR: index.PropertyMappingProperty(
                        type="knn_vector",
                        dimension=dimensions,
                        method=index.MethodProperty(name="hnsw", engine="faiss", space_type="l2"),
                    ),
                    _TEXT: index.PropertyMappingProperty(type="text"),
                    _METADATA: index.PropertyMappingProperty(type="text", index=False),
                    "tenant": index.PropertyMappingProperty(type="keyword"),
                    "sha256": index.PropertyMappingProperty(type="keyword"),
                }
            ),
        )


def _deploying_role(scope: Construct) -> str:
    """The role with which CloudFormation makes the stack's resources."""
    stack = Stack.of(scope)
    synthesizer = stack.synthesizer
    if not isinstance(synthesizer, DefaultStackSynthesizer):
        raise TypeError(
            f"{scope.node.path}: this stack is not deployed by the CDK's bootstrap roles, so it is unknown "
            "who creates the index. Name the role under `index_creators`."
        )
    return Fn.sub(synthesizer.cloud_formation_execution_role_arn)
