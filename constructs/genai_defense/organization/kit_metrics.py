"""Every metric that the kit's functions write, with its dimensions: what alarms and the dashboard may read.

A test compares this table with the functions' sources: no alarm waits for a metric that nobody writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

NAMESPACE = "GenAiDefense"
RISKS: Mapping[str, str] = {
    "LLM01": "prompt injection blocked",
    "LLM02": "sensitive information stopped",
    "LLM05": "unsafe output stopped",
    "LLM06": "tools refused",
    "LLM07": "system prompt stopped",
    "LLM10": "unbounded consumption stopped",
}
"""Risks of OWASP's Top 10 for LLMs that the guardrail function counts, and what a count means.

Source: https://genai.owasp.org/llm-top-10/ (read 2026-11-24).
"""


@dataclass(frozen=True)
class KitMetric:
    """A metric of one function.

    Attributes:
        service: Value of the dimension `service`: the function's package.
        name: Its name.
        dimension: Name of its second dimension; None mostly.
    """

    service: str
    name: str
    dimension: str | None = None

    def sum(self, period: Duration, value: str | None = None, label: str | None = None) -> cloudwatch.Metric:
        """The sum over a period.

        Args:
            period: The period.
            value: Value of the second dimension, for a metric that has one.
            label: How a dashboard calls it; none for an alarm. Default: its name.

        Raises:
            ValueError: A value is given without a dimension, or the other way round.
        """
        return self._over(period, cloudwatch.Stats.SUM, value, label)

    def highest(
        self, period: Duration, value: str | None = None, label: str | None = None
    ) -> cloudwatch.Metric:
        """The highest value over a period, for a metric that is measured and not counted.

        Args:
            period: The period.
            value: As for `sum`.
            label: As for `sum`.

        Raises:
            ValueError: As for `sum`.
        """
        return self._over(period, cloudwatch.Stats.MAXIMUM, value, label)

    def _over(
        self, period: Duration, statistic: str, value: str | None, label: str | None
    ) -> cloudwatch.Metric:
        if (value is None) is not (self.dimension is None):
            raise ValueError(
                f"Metric {self.name} has the second dimension {self.dimension}; value is {value}."
            )
        more = {self.dimension: value} if self.dimension and value else {}
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=self.name,
            dimensions_map={"service": self.service, **more},
            statistic=statistic,
            period=period,
            # With a label, an alarm would become one on metric math.
            label=label,
        )


ANSWERED = KitMetric("guardrail", "Answered")
REFUSED = KitMetric("guardrail", "Refused")
USER_BLOCKED = KitMetric("guardrail", "UserBlocked")
FAILED_CLOSED = KitMetric("guardrail", "FailedClosed")
QUOTA_EXCEEDED = KitMetric("guardrail", "QuotaExceeded")
INVALID = KitMetric("guardrail", "Invalid")
STOPPED = KitMetric("guardrail", "Stopped")
BLOCKED = KitMetric("guardrail", "Blocked", "risk")
TOKENS_SPENT = KitMetric("guardrail", "TokensSpent")
UNGROUNDED = KitMetric("guardrail", "Ungrounded")
"""Answers that say what their passages do not (LLM09): shown, and put before reviewers."""
EVENTS_LOST = KitMetric("guardrail", "EventsLost")
SIGNALS_RECEIVED = KitMetric("response_decision", "SignalsReceived")
RESPONSES = KitMetric("responder", "Responses", "action")
RESPONSES_FAILED = KitMetric("responder", "ResponsesFailed")
RESPONSES_LIMITED = KitMetric("responder", "ResponsesLimited")
FINDINGS_NOT_FILED = KitMetric("responder", "FindingsNotFiled")
RESTORED = KitMetric("response_restore", "Restored")
ADDRESSES_REFUSED = KitMetric("web_acl_events", "AddressesRefused")
REVIEWS_TAKEN = KitMetric("review_intake", "ReviewsTaken")
REVIEWS_NOT_TAKEN = KitMetric("review_intake", "ReviewsNotTaken")
RETRIEVAL_UNAVAILABLE = KitMetric("chat", "RetrievalUnavailable")
"""Turns whose search for passages did not answer, wholly or in part: answered without, and said so."""
PASSAGES_REFUSED = KitMetric("chat", "PassagesRefused")
"""Passages that the knowledge base gave and that may not be seen (LLM08)."""
DOCUMENTS_QUARANTINED = KitMetric("ingestion", "DocumentQuarantined")
"""Documents of others that were kept out: malware, orders to the model, hidden text (LLM03, LLM04)."""
DOCUMENTS_NOT_INGESTED = KitMetric("ingestion", "DocumentNotIngested")
RISKY_SIGN_INS = KitMetric("sign_in_events", "RiskySignIns")
SIGN_IN_LINES_NOT_READ = KitMetric("sign_in_events", "SignInLinesNotRead")
EVALUATION_DRIFT = KitMetric("evaluation", "EvaluationDrift", "evaluation")
"""How far a model's scores have moved from their baseline (LLM04); 0.25 is another distribution."""
EVALUATION_REFUSAL_GAP = KitMetric("evaluation", "EvaluationRefusalGap", "evaluation")
EVALUATION_ACCURACY_GAP = KitMetric("evaluation", "EvaluationAccuracyGap", "evaluation")
"""By how much groups of people are treated unlike one another (LLM09)."""
EVALUATION_FAILED = KitMetric("evaluation", "EvaluationFailed", "evaluation")
DOCUMENTS_WAITING = KitMetric("ingestion", "DocumentsWaiting")
"""Landed more than six hours ago and still there; written once an hour, also when it is none."""
FEEDBACK = KitMetric("conversations", "Feedback", "rating")

ACTIONS = ("block_address", "disable_user", "slow_user", "throw_kill_switch", "warn_user")
"""Values of the dimension `action` (lambda/response_rows/plan.py)."""
