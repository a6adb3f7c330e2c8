"""Log, metrics and traces of this process; Powertools keeps one of each for all modules."""

from __future__ import annotations

import os
from typing import Final

from aws_lambda_powertools import Logger, Metrics, Tracer

_SERVICE: Final = os.environ.get("POWERTOOLS_SERVICE_NAME", "responder")
logger: Final = Logger(service=_SERVICE)
metrics: Final = Metrics(
    namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense"), service=_SERVICE
)
tracer: Final = Tracer(service=_SERVICE)
