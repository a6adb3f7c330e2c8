"""Log, metrics and traces of this process; Powertools keeps one of each for all modules."""

from __future__ import annotations

import os
from typing import Final

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

_SERVICE: Final = os.environ.get("POWERTOOLS_SERVICE_NAME", "chat")
logger: Final = Logger(service=_SERVICE)
metrics: Final = Metrics(
    namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE
)
tracer: Final = Tracer(service=_SERVICE)


def count(name: str, value: int = 1) -> None:
    """Add to a metric of this invocation; the handler flushes it."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
