"""The function that examines a document and publishes or quarantines it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.data import DocumentStores, KnowledgeBase

INGESTION_TIMEOUT = Duration.minutes(5)
INGESTION_MEMORY_MB = 1024
_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class DocumentLimits:
    """How large a document may be that is published.

    Attributes:
        max_document_mib: Largest file, 1 to 50 MiB.
        max_pages: Most pages, 1 to 5,000.
    """

    max_document_mib: int = 10
    max_pages: int = 500

    @property
    def environment(self) -> Mapping[str, str]:
        """The limits as the function reads them."""
        return {"MAX_DOCUMENT_BYTES": str(self.max_document_mib * _MIB), "MAX_PAGES": str(self.max_pages)}


class IngestionFunction(Construct):
    """Examines one document at a time and publishes it, or quarantines it and tells the alert topic.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        documents: Where documents come from and go to; the function runs as its examiner.
        knowledge_base: Where passages are published.
        alerts: Where people hear of every document that was quarantined; a topic that was imported needs its
            key granted by you.
        limits: How large a document may be.

    Attributes:
        private: The function with its role, policy and security group.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        documents: DocumentStores,
        knowledge_base: KnowledgeBase,
        alerts: sns.ITopic,
        limits: DocumentLimits,
    ) -> None:
        super().__init__(scope, construct_id)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=(
                "ingestion",
                "document_records",
                "document_screen",
                "document_text",
                "function_environment",
                "guardrail_engine",
            ),
            hosting=hosting,
            role=documents.examiner.role,
            timeout=INGESTION_TIMEOUT,
            memory_mb=INGESTION_MEMORY_MB,
            environment={
                **document_environment(documents, knowledge_base),
                **limits.environment,
                "LANDING_BUCKET_NAME": documents.landing.bucket.bucket_name,
                "MANIFEST_BUCKET_NAME": documents.manifests.bucket.bucket_name,
                "QUARANTINE_BUCKET_NAME": documents.quarantine.bucket.bucket_name,
                "ALERT_TOPIC_ARN": alerts.topic_arn,
                "POWERTOOLS_SERVICE_NAME": "ingestion",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        self.private.policy.add_statements(
            iam.PolicyStatement(
                sid="TellOfQuarantine", actions=["sns:Publish"], resources=[alerts.topic_arn]
            ),
        )
        if alerts.master_key is not None:
            self.private.policy.add_statements(
                iam.PolicyStatement(
                    sid="KeyThroughTheTopic",
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=[alerts.master_key.key_arn],
                    conditions={"StringLike": {"kms:ViaService": "sns.*.amazonaws.com"}},
                ),
            )


def document_environment(documents: DocumentStores, knowledge_base: KnowledgeBase) -> dict[str, str]:
    """What both functions of a pipeline are told."""
    return {
        "TRUSTED_BUCKET_NAME": documents.trusted.bucket.bucket_name,
        "DOCUMENT_TABLE_NAME": documents.table.table.table_name,
        "KNOWLEDGE_BASE_ID": knowledge_base.knowledge_base_id,
        "DATA_SOURCE_ID": knowledge_base.data_source_id,
    }
