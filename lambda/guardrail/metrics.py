"""The metrics that alarms and dashboards read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit, single_metric

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aws_lambda_powertools import Metrics


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes the metrics of one request.

    Args:
        metrics: Powertools metrics with namespace and service; flushed by the handler.
    """

    metrics: Metrics

    def outcome(self, outcome: str) -> None:
        """Count the outcome under the name that alarms and dashboards know."""
        name = {
            "answered": "Answered",
            "refused": "Refused",
            "unavailable": "FailedClosed",
            "quota_exceeded": "QuotaExceeded",
            "invalid": "Invalid",
        }[outcome]
        self.metrics.add_metric(name=name, unit=MetricUnit.Count, value=1)

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

    def tokens(self, count: int) -> None:
        """Add the tokens of one model call."""
        self.metrics.add_metric(name="TokensSpent", unit=MetricUnit.Count, value=count)
