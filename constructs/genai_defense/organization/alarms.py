"""Three alarms on what the guardrail function reports."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from constructs import Construct

from genai_defense.organization.kit_metrics import NAMESPACE

_DIMENSIONS = {"service": "guardrail"}
_FIVE_MINUTES = Duration.minutes(5)
_HOUR = Duration.hours(1)


class ChatbotAlarms(Construct):
    """Tells people when somebody attacks the chatbot, when it fails closed, and when it spends too much.

    The guardrail function writes its metrics only when it handles a request, so no data means no request. All
    three alarms therefore take missing data as good: one that kept its state would ring on through a quiet
    night, and one that took silence as bad would ring in it.

    Each alarm sends to the topic when it starts and when it ends.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarm_topic: Where the alarms are sent.
        refused_per_five_minutes: Refused requests of all users in five minutes that count as an attack, at
            least 1. Default: 20, which one person trying things out by hand does not reach.
        failures_per_five_minutes: Requests in five minutes that the chatbot could not check and so did not
            answer, at least 1. Default: 1, since a guardrail that fails closed once may be failing for
            everybody.
        tokens_per_hour: Input and output tokens of all users in an hour, at least 1. Default: 1,000,000.
        guardrail: The guardrail function. Given, its errors and throttles count as failures too, so that one
            that dies before it can report is heard. Default: only what it reports itself counts.

    Attributes:
        attack_alarm: On refused requests.
        failure_alarm: On requests that failed closed.
        spend_alarm: On tokens.

    Raises:
        ValueError: A threshold is less than 1.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (read
    2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        alarm_topic: sns.ITopic,
        refused_per_five_minutes: int = 20,
        failures_per_five_minutes: int = 1,
        tokens_per_hour: int = 1_000_000,
        guardrail: lambda_.IFunction | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._alarm_topic = alarm_topic
        self._check(
            {
                "refused_per_five_minutes": refused_per_five_minutes,
                "failures_per_five_minutes": failures_per_five_minutes,
                "tokens_per_hour": tokens_per_hour,
            },
        )
        self.attack_alarm = self._alarm(
            "Attack",
            metric=self.metric_refused(),
            threshold=refused_per_five_minutes,
            description="Many requests were refused in five minutes: somebody may be attacking the chatbot.",
        )
        self.failure_alarm = self._alarm(
            "Failure",
            metric=self._failures(guardrail),
            threshold=failures_per_five_minutes,
            description="The chatbot could not check a request and did not answer it.",
        )
        self.spend_alarm = self._alarm(
            "Spend",
            metric=self.metric_tokens_spent(),
            threshold=tokens_per_hour,
            description="The chatbot's users spent more tokens in an hour than planned.",
        )

    def metric_refused(self) -> cloudwatch.Metric:
        """Requests refused by screening, summed over five minutes."""
        return self._metric("Refused", period=_FIVE_MINUTES)

    def metric_failed_closed(self) -> cloudwatch.Metric:
        """Requests that could not be checked and were not answered, summed over five minutes."""
        return self._metric("FailedClosed", period=_FIVE_MINUTES)

    def metric_tokens_spent(self) -> cloudwatch.Metric:
        """Input and output tokens of all users, summed over one hour."""
        return self._metric("TokensSpent", period=_HOUR)

    def _metric(self, name: str, *, period: Duration) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=name,
            dimensions_map=_DIMENSIONS,
            statistic=cloudwatch.Stats.SUM,
            period=period,
        )

    def _failures(self, guardrail: lambda_.IFunction | None) -> cloudwatch.IMetric:
        if guardrail is None:
            return self.metric_failed_closed()
        return cloudwatch.MathExpression(
            expression="FILL(closed, 0) + FILL(errors, 0) + FILL(throttles, 0)",
            label="Requests that failed",
            period=_FIVE_MINUTES,
            using_metrics={
                "closed": self.metric_failed_closed(),
                "errors": guardrail.metric_errors(period=_FIVE_MINUTES),
                "throttles": guardrail.metric_throttles(period=_FIVE_MINUTES),
            },
        )

    def _alarm(
        self,
        construct_id: str,
        *,
        metric: cloudwatch.IMetric,
        threshold: int,
        description: str,
    ) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=description,
        )
        send = actions.SnsAction(self._alarm_topic)
        alarm.add_alarm_action(send)
        alarm.add_ok_action(send)
        return alarm

    def _check(self, thresholds: Mapping[str, int]) -> None:
        for name, value in thresholds.items():
            if value < 1:
                raise ValueError(
                    f"ChatbotAlarms {self.node.path}: {name} is {value}, but an alarm at less than 1 "
                    "never ends. Give a whole number of at least 1, or leave it out for the default.",
                )
