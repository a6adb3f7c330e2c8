"""Boundary 4: the documents that the chatbot may answer from, and what is known about each."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.data import DataKey, DocumentStores, KnowledgeBase, RestoreTest, object_lock
from genai_defense.settings import Settings
from stacks.data import DataStack


class KnowledgeStack(Stack):
    """The stores of documents with their malware scan, and the knowledge base on what passed.

    It stands before the network, whose gateway endpoints name these buckets and this table; the functions
    that move documents stand behind it, in the ingestion stack.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, env: Environment, data: DataStack
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        removal = settings.removal_policy
        self.documents = DocumentStores(
            self,
            "Documents",
            encryption_key=DataKey(
                self,
                "DocumentKey",
                data_class="documents",
                used_through=["aoss", "backup", "dynamodb", "s3", "s3vectors", "sns", "sqs"],
                removal_policy=removal,
            ),
            quarantine_key=DataKey(
                self,
                "QuarantineKey",
                data_class="quarantined documents",
                used_through=["s3"],
                removal_policy=removal,
            ),
            lock=object_lock(
                Duration.days(settings.retention.audit_days),
                compliance=settings.retention.audit_lock == "compliance",
            ),
            responders=settings.knowledge.responder_roles,
            access_logs=data.access_logs,
            perimeter=settings.perimeter,
            removal_policy=removal,
        )
        if settings.retention.restore_test:
            RestoreTest(
                self,
                "RestoreTest",
                vault=self.documents.backup.vault,
                tables=[self.documents.table.table],
                encryption_key=self.documents.encryption_key,
            )
        self.base = KnowledgeBase(
            self,
            "Base",
            documents=self.documents,
            embedding=settings.knowledge.embedding,
            vector_store=settings.knowledge.vector_store,
            removal_policy=removal,
        )
        self.base.grant_ingest(self.documents.examiner.policy)
        self.base.grant_withdraw(self.documents.withdrawer.policy)
        contributors = iam.ManagedPolicy(
            self,
            "Contributors",
            description="Attach to roles that bring documents; each needs the tag `tenant`.",
        )
        self.documents.landing.grant_upload(contributors)
        self._name_them(contributors)

    def gateway_statements(self) -> list[iam.PolicyStatement]:
        """What the functions of the pipeline ask of S3, for the policy of the gateway endpoint."""
        return [
            *self.documents.examiner.gateway_statements(),
            *self.documents.withdrawer.gateway_statements(),
        ]

    def table_statements(self) -> list[iam.PolicyStatement]:
        """What functions ask of the document table, for the policy of the gateway endpoint."""
        table = self.documents.table
        own_account = {"StringEquals": {"aws:PrincipalAccount": self.account}}
        return [
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=[
                    "dynamodb:BatchGetItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:Query",
                    "dynamodb:UpdateItem",
                ],
                resources=[table.table.table_arn, table.index_arn],
                conditions=own_account,
            )
        ]

    def _name_them(self, contributors: iam.ManagedPolicy) -> None:
        documents = self.documents
        names = {
            "LandingBucketName": documents.landing.bucket.bucket_name,
            "TrustedBucketName": documents.trusted.bucket.bucket_name,
            "QuarantineBucketName": documents.quarantine.bucket.bucket_name,
            "ManifestBucketName": documents.manifests.bucket.bucket_name,
            "DocumentTableName": documents.table.table.table_name,
            "KnowledgeBaseId": self.base.knowledge_base_id,
            "DataSourceId": self.base.data_source_id,
            "ContributorPolicyArn": contributors.managed_policy_arn,
        }
        for name, value in names.items():
            CfnOutput(self, name, value=value)


def knowledge_stack(
    scope: Construct, construct_id: str, *, settings: Settings, env: Environment, data: DataStack
) -> KnowledgeStack | None:
    """The stack of the documents, where the settings want documents."""
    if not settings.knowledge.enabled:
        return None
    return KnowledgeStack(scope, construct_id, settings=settings, env=env, data=data)
