"""Where feedback on wrong and harmful answers waits for people."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct

MOST_ATTEMPTS = 5


class ReviewQueue(Construct):
    """An encrypted queue of feedback, one JSON message each: who, which answer, how it was, in what words.

    A user's words stand here and nowhere else, neither in a log nor in a metric. Who reviews may read and
    delete (`grant_review`); what could not be handled five times moves to a queue of its own.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of both queues.
        retention: How long a message waits, 1 minute to 14 days. Default: 14 days.

    Attributes:
        queue: The queue.
        dead_letters: Where messages go that were received five times.

    Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        retention: Duration | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._encryption_key = encryption_key
        self.dead_letters = self._queue("DeadLetters", Duration.days(14))
        self.queue = self._queue(
            "Queue",
            retention or Duration.days(14),
            sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=MOST_ATTEMPTS),
        )

    def _queue(
        self, construct_id: str, retention: Duration, dead_letters: sqs.DeadLetterQueue | None = None
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            construct_id,
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=self._encryption_key,
            enforce_ssl=True,
            retention_period=retention,
            dead_letter_queue=dead_letters,
        )

    def grant_send(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` put messages in, and neither read nor delete any."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="SendFeedback", actions=["sqs:SendMessage"], resources=[self.queue.queue_arn]
            ),
            self._key_through_queues("KeyToSendFeedback", "kms:GenerateDataKey", "kms:Decrypt"),
        )

    def grant_review(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read messages and delete those that are done."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="ReviewFeedback",
                actions=[
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ],
                resources=[self.queue.queue_arn],
            ),
            self._key_through_queues("KeyToReviewFeedback", "kms:Decrypt"),
        )

    def admit_events(self, rule_arn: str, *, account: str) -> None:
        """Let one rule of EventBridge put messages in.

        The key's policy gains a statement; an imported key's must have it already.

        Args:
            rule_arn: The rule.
            account: Its account.
        """
        eventbridge = iam.ServicePrincipal("events.amazonaws.com")
        self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowRuleToSend",
                principals=[eventbridge],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": rule_arn}},
            ),
        )
        self._encryption_key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowEventsToSend",
                principals=[eventbridge],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],  # in a key policy, "*" is this key
                conditions={"StringEquals": {"aws:SourceAccount": account}},
            ),
        )

    def _key_through_queues(self, sid: str, *actions: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid=sid,
            actions=list(actions),
            resources=[self._encryption_key.key_arn],
            conditions={"StringLike": {"kms:ViaService": "sqs.*.amazonaws.com"}},
        )
