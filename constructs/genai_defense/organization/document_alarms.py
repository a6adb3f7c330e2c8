"""Alarms on documents that would otherwise be lost without a word."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.organization import kit_metrics as kit

_FIVE_MINUTES = Duration.minutes(5)
_THREE_HOURS = Duration.hours(3)
_MISSING = cloudwatch.TreatMissingData


class DocumentAlarms(Construct):
    """Calls people when a document could not be examined, waits too long, or ended in the dead letters.

    No data means no document, so missing data is good; only the hourly count of what waits has to come, and
    its silence calls, too (also in the first hour after a deployment). Every alarm sends to the topic when it
    starts and when it ends.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarm_topic: Where the alarms are sent.
        dead_letters: Where ends what could not be handled, by a name for the alarm.

    Attributes:
        alarms: All of them, by id.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        alarm_topic: sns.ITopic,
        dead_letters: Mapping[str, sqs.IQueue],
    ) -> None:
        super().__init__(scope, construct_id)
        self._alarm_topic = alarm_topic
        self.alarms: dict[str, cloudwatch.Alarm] = {}
        self._alarm(
            "NotIngested",
            kit.DOCUMENTS_NOT_INGESTED.sum(_FIVE_MINUTES),
            "A document could not be examined; it is tried again up to five times.",
        )
        self._alarm(
            "Waiting",
            kit.DOCUMENTS_WAITING.sum(_THREE_HOURS),
            "A document has been in the landing bucket for six hours, never scanned or failed for good; or "
            "nobody has looked for three hours.",
            _MISSING.BREACHING,
        )
        for name, queue in dead_letters.items():
            waiting = queue.metric_approximate_number_of_messages_visible(
                period=_FIVE_MINUTES, statistic=cloudwatch.Stats.MAXIMUM
            )
            self._alarm(f"{name}Waiting", waiting, f"What could not be handled waits for 14 days: {name}.")

    def _alarm(
        self,
        construct_id: str,
        metric: cloudwatch.IMetric,
        text: str,
        missing: cloudwatch.TreatMissingData = _MISSING.NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=missing,
            alarm_description=text,
        )
        send = actions.SnsAction(self._alarm_topic)
        alarm.add_alarm_action(send)
        alarm.add_ok_action(send)
        self.alarms[construct_id] = alarm
