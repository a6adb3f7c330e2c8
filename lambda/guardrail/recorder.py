"""What is told about requests outside the audit: metrics, and why something failed.

Alarms read Refused, FailedClosed and TokensSpent; the other metrics are there to be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from guardrail.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aws_lambda_powertools import Logger, Metrics

METRICS: Final[Mapping[Outcome, str]] = {
    Outcome.ANSWERED: "Answered",
    Outcome.REFUSED: "Refused",
    Outcome.BLOCKED: "UserBlocked",
    Outcome.UNAVAILABLE: "FailedClosed",
    Outcome.QUOTA_EXCEEDED: "QuotaExceeded",
    Outcome.INVALID: "Invalid",
}
"""Name of the metric that counts each outcome."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes metrics and failures of one request.

    Args:
        logger: Powertools logger.
        metrics: Powertools metrics with namespace and service; flushed by the handler.
    """

    logger: Logger
    metrics: Metrics

    def outcome(self, outcome: Outcome) -> None:
        """Count the outcome."""
        self.metrics.add_metric(name=METRICS[outcome], unit=MetricUnit.Count, value=1)

    def failed(self, reason: str, error: Exception) -> None:
        """Log why nothing was released: the classes of the error and of its cause, never their texts."""
        # A text or a traceback may quote what a user wrote.
        causes = [type(one).__name__ for one in (error, error.__cause__) if one is not None]
        self.logger.error("failed closed", extra={"reason": reason, "error": " from ".join(causes)})

    def stopped(self) -> None:
        """Count a request that the kill switch refused."""
        self.metrics.add_metric(name="Stopped", unit=MetricUnit.Count, value=1)

    def blocked(self, risks: Iterable[str]) -> None:
        """Count a block once for each OWASP risk, as metrics of their own since the dimension differs."""
        for risk in risks:
            with single_metric(
                name="Blocked",
                unit=MetricUnit.Count,
                value=1,
                namespace=self.metrics.namespace,
                default_dimensions={"service": self.metrics.service or "guardrail"},
            ) as metric:
                metric.add_dimension(name="risk", value=risk)

    def ungrounded(self) -> None:
        """Count an answer that is not grounded in its passages; it goes before reviewers."""
        self.metrics.add_metric(name="Ungrounded", unit=MetricUnit.Count, value=1)

    def events_lost(self, count: int, error: str) -> None:
        """Log and count events that the responder did not get."""
        self.logger.error("security events lost", extra={"error": error})
        self.metrics.add_metric(name="EventsLost", unit=MetricUnit.Count, value=count)

    def tokens(self, count: int) -> None:
        """Add the tokens of one model call."""
        self.metrics.add_metric(name="TokensSpent", unit=MetricUnit.Count, value=count)
