"""The way of a document: landing → scan → queue → examination → trusted, or quarantine and an alert."""

import json

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.application.ingestion_function import (
    INGESTION_TIMEOUT,
    DocumentLimits,
    IngestionFunction,
)
from genai_defense.application.private_function import FunctionHosting
from genai_defense.application.withdrawal_function import WithdrawalFunction
from genai_defense.data import DocumentStores, KnowledgeBase

MOST_ATTEMPTS = 5
LOOK_FOR_WHAT_WAITS = "genai-defense.look-for-what-waits"
"""Source of the hourly order to count documents that wait too long (lambda/ingestion/event.py)."""
SCAN_RESULT = "GuardDuty Malware Protection Object Scan Result"
# A message comes back while its function still runs, unless it is hidden six times as long.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html (read 2026-11-24).
_VISIBILITY = Duration.seconds(6 * int(INGESTION_TIMEOUT.to_seconds()))
_AT_ONCE = 5


class DocumentPipeline(Construct):
    """Hears of each scan result, examines the document, publishes or quarantines it; can take it back.

    It waits for the malware scan, not for the upload: a document without a result is never examined. Results
    wait in an encrypted queue; one that failed five times goes to the dead letters, and its document stays
    unpublished. Every hour, by the same queue, the function counts what has been in the landing bucket for
    more than six hours: a document that is never scanned, or whose result was lost, is noticed before it
    expires.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where its functions run.
        documents: Where documents are.
        knowledge_base: Where passages are published.
        alerts: Where people hear of every quarantined document.
        limits: How large a document may be. Default: 10 MiB and 500 pages.

    Attributes:
        queue: Scan results that wait.
        dead_letters: Scan results that could not be delivered or handled.
        ingestion: The function that examines.
        withdrawal: The function that takes back.

    Source: https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
        (read 2026-11-24).
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
        limits: DocumentLimits = DocumentLimits(),  # noqa: B008 - immutable
    ) -> None:
        super().__init__(scope, construct_id)
        key = documents.encryption_key
        self.ingestion = IngestionFunction(
            self,
            "Ingestion",
            hosting=hosting,
            documents=documents,
            knowledge_base=knowledge_base,
            alerts=alerts,
            limits=limits,
        )
        self.withdrawal = WithdrawalFunction(
            self, "Withdrawal", hosting=hosting, documents=documents, knowledge_base=knowledge_base
        )
        self.dead_letters = self._queue("DeadLetters", key)
        self.queue = self._queue(
            "Queue", key, sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=MOST_ATTEMPTS)
        )
        self._hear_results(documents)
        self._examine(key)

    def _queue(
        self, construct_id: str, key: kms.IKey, dead_letters: sqs.DeadLetterQueue | None = None
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            construct_id,
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=key,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            visibility_timeout=_VISIBILITY if dead_letters else None,
            dead_letter_queue=dead_letters,
        )

    def _hear_results(self, documents: DocumentStores) -> None:
        rule = events.CfnRule(
            self,
            "ScanResults",
            event_pattern={
                "source": ["aws.guardduty"],
                "detail-type": [SCAN_RESULT],
                "detail": {"s3ObjectDetails": {"bucketName": [documents.landing.bucket.bucket_name]}},
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="Queue",
                    arn=self.queue.queue_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self.dead_letters.queue_arn
                    ),
                )
            ],
        )
        look = events.CfnRule(
            self,
            "LookForWhatWaits",
            schedule_expression="rate(1 hour)",
            targets=[
                events.CfnRule.TargetProperty(
                    id="Queue",
                    arn=self.queue.queue_arn,
                    input=json.dumps({"source": LOOK_FOR_WHAT_WAITS}),
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self.dead_letters.queue_arn
                    ),
                )
            ],
        )
        for queue in (self.queue, self.dead_letters):
            queue.add_to_resource_policy(
                iam.PolicyStatement(
                    sid="AllowScanResults",
                    principals=[iam.ServicePrincipal("events.amazonaws.com")],
                    actions=["sqs:SendMessage"],
                    resources=[queue.queue_arn],
                    conditions={"ArnEquals": {"aws:SourceArn": [rule.attr_arn, look.attr_arn]}},
                )
            )
        documents.encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowEventsOfThisAccount",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            )
        )

    def _examine(self, key: kms.IKey) -> None:
        private = self.ingestion.private
        private.policy.add_statements(
            iam.PolicyStatement(
                sid="TakeScanResults",
                actions=["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                resources=[self.queue.queue_arn],
            ),
            iam.PolicyStatement(
                sid="KeyThroughTheQueue",
                actions=["kms:Decrypt"],
                resources=[key.key_arn],
                conditions={"StringLike": {"kms:ViaService": "sqs.*.amazonaws.com"}},
            ),
        )
        mapping = lambda_.EventSourceMapping(
            self,
            "Mapping",
            target=private.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=1,
            max_concurrency=_AT_ONCE,
            report_batch_item_failures=True,
        )
        mapping.node.add_dependency(private.policy)
