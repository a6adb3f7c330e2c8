"""The function with which an operator takes a document back by its hash."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.ingestion_function import document_environment
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.data import DocumentStores, KnowledgeBase

WITHDRAWAL_TIMEOUT = Duration.minutes(1)


class WithdrawalFunction(Construct):
    """Withdraws every document with a hash: its row first, then its vectors, then its passages.

    It takes `{"sha256": …, "reason": …}`, and `tenant` where not every tenant's is meant. Locked versions
    stay, as evidence; a withdrawn hash is never published again.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs.
        documents: Where documents are; the function runs as its withdrawer.
        knowledge_base: Where passages are published.

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
    ) -> None:
        super().__init__(scope, construct_id)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=("withdrawal", "document_records", "function_environment"),
            hosting=hosting,
            role=documents.withdrawer.role,
            timeout=WITHDRAWAL_TIMEOUT,
            environment={
                **document_environment(documents, knowledge_base),
                "POWERTOOLS_SERVICE_NAME": "withdrawal",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )

    def grant_invoke(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` withdraw documents."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="WithdrawDocuments",
                actions=["lambda:InvokeFunction"],
                resources=[self.private.function.function_arn],
            )
        )
