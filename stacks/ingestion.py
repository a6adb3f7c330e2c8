"""Boundary 4: the functions on the way of a document, and the private ways that they take."""

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import DocumentLimits, DocumentPipeline
from genai_defense.egress import PrivateEndpoint
from genai_defense.organization import AlarmTopic, DocumentAlarms
from genai_defense.settings import Settings
from stacks.knowledge import KnowledgeStack
from stacks.network import NetworkStack


class IngestionStack(Stack):
    """Scan result → queue → examination → knowledge base, or quarantine and people told; and the way back."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        knowledge: KnowledgeStack,
        network: NetworkStack,
        alarm_topic: AlarmTopic,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self._vpc = network.network.vpc
        self.pipeline = DocumentPipeline(
            self,
            "Pipeline",
            hosting=network.hosting,
            documents=knowledge.documents,
            knowledge_base=knowledge.base,
            alerts=alarm_topic.topic,
            limits=DocumentLimits(
                max_document_mib=settings.knowledge.max_document_mib, max_pages=settings.knowledge.max_pages
            ),
        )
        self._reach_knowledge_base(knowledge)
        self._reach_alerts(alarm_topic)
        self._call_people(alarm_topic)
        CfnOutput(
            self, "WithdrawalFunctionName", value=self.pipeline.withdrawal.private.function.function_name
        )
        CfnOutput(self, "DocumentDeadLetterQueueUrl", value=self.pipeline.dead_letters.queue_url)

    def _call_people(self, alarm_topic: AlarmTopic) -> None:
        pipeline = self.pipeline
        of_functions = {
            "ExaminationLetters": pipeline.ingestion.private.function.dead_letter_queue,
            "WithdrawalLetters": pipeline.withdrawal.private.function.dead_letter_queue,
        }
        DocumentAlarms(
            self,
            "DocumentAlarms",
            alarm_topic=alarm_topic.topic,
            dead_letters={
                "DocumentLetters": pipeline.dead_letters,
                **{name: queue for name, queue in of_functions.items() if queue},
            },
        )

    def _reach_knowledge_base(self, knowledge: KnowledgeStack) -> None:
        ingestion, withdrawal = self.pipeline.ingestion.private, self.pipeline.withdrawal.private
        allowed = {
            ingestion: [
                "bedrock:DeleteKnowledgeBaseDocuments",
                "bedrock:IngestKnowledgeBaseDocuments",
                "bedrock:StartIngestionJob",
            ],
            withdrawal: ["bedrock:DeleteKnowledgeBaseDocuments", "bedrock:StartIngestionJob"],
        }
        endpoint = PrivateEndpoint(
            self,
            "KnowledgeBaseEndpoint",
            vpc=self._vpc,
            service=ec2.InterfaceVpcEndpointAwsService.BEDROCK_AGENT,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(function.role.role_arn)],
                    actions=actions,
                    resources=[knowledge.base.knowledge_base_arn],
                )
                for function, actions in allowed.items()
            ],
        )
        for function in allowed:
            endpoint.allow_from(function.security_group)

    def _reach_alerts(self, alarm_topic: AlarmTopic) -> None:
        ingestion = self.pipeline.ingestion.private
        endpoint = PrivateEndpoint(
            self,
            "AlertEndpoint",
            vpc=self._vpc,
            service=ec2.InterfaceVpcEndpointAwsService.SNS,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.ArnPrincipal(ingestion.role.role_arn)],
                    actions=["sns:Publish"],
                    resources=[alarm_topic.topic.topic_arn],
                )
            ],
        )
        endpoint.allow_from(ingestion.security_group)


def ingestion_stack(
    scope: Construct,
    construct_id: str,
    *,
    settings: Settings,
    env: Environment,
    knowledge: KnowledgeStack | None,
    network: NetworkStack,
    alarm_topic: AlarmTopic,
) -> IngestionStack | None:
    """The stack of the document functions, where the settings want documents."""
    if knowledge is None:
        return None
    return IngestionStack(
        scope,
        construct_id,
        settings=settings,
        env=env,
        knowledge=knowledge,
        network=network,
        alarm_topic=alarm_topic,
    )
