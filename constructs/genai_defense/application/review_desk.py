"""From the review queue to the table that reviewers work with."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.application.review_queue import ReviewQueue
from genai_defense.data import ReviewTable
from genai_defense.organization.security_bus import GUARDRAIL_SOURCE, SecurityBus

# A queue hides what was received for at least as long as the function may run, six times as long is advised:
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html (read 2026-11-24).
_TIMEOUT = Duration.seconds(5)


class ReviewDesk(Construct):
    """A function that takes feedback and ungrounded answers from the queue into the review table.

    Reviewers list, decide and export with `genai-defense reviews`, with rights that
    `ReviewTable.grant_review` gives. What cannot be taken five times waits in the queue's dead letters.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where the function runs.
        queue: Where reviews wait. Its key must let EventBridge in, see `hear`.
        table: Where reviewers find them.

    Attributes:
        intake: The function.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        queue: ReviewQueue,
        table: ReviewTable,
    ) -> None:
        super().__init__(scope, construct_id)
        self._queue = queue
        self.intake = PrivateFunction(
            self,
            "Intake",
            packages=("review_intake", "function_environment"),
            hosting=hosting,
            timeout=_TIMEOUT,
            environment={
                "REVIEW_TABLE_NAME": table.table.table_name,
                "POWERTOOLS_SERVICE_NAME": "review_intake",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        table.grant_take(self.intake.policy)
        queue.grant_review(self.intake.policy)
        mapping = lambda_.CfnEventSourceMapping(
            self,
            "FromQueue",
            function_name=self.intake.function.function_arn,
            event_source_arn=queue.queue.queue_arn,
            batch_size=10,
            function_response_types=["ReportBatchItemFailures"],
        )
        mapping.node.add_dependency(self.intake.policy)

    def hear(self, bus: SecurityBus) -> None:
        """Put answers that the managed guardrail found ungrounded into the queue, for people to look at."""
        rule = events.CfnRule(
            self,
            "Ungrounded",
            event_bus_name=bus.bus.event_bus_name,
            event_pattern={"source": [GUARDRAIL_SOURCE], "detail-type": ["Grounding Failed"]},
            targets=[events.CfnRule.TargetProperty(id="Target", arn=self._queue.queue.queue_arn)],
        )
        self._queue.admit_events(rule.attr_arn, account=Stack.of(self).account)
