"""Lambda entry of the scheduled evaluation."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.metrics import MetricUnit, single_metric

from evaluation.results import parse
from evaluation.statistics import Figures, compare
from evaluation.store import DatasetReader

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_SERVICE = os.environ.get("POWERTOOLS_SERVICE_NAME", "evaluation")
_NAMESPACE = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "GenAiDefense")
_METRICS = {
    "drift": "EvaluationDrift",
    "refusal_rate": "EvaluationRefusalRate",
    "accuracy": "EvaluationAccuracy",
    "refusal_gap": "EvaluationRefusalGap",
    "accuracy_gap": "EvaluationAccuracyGap",
}
logger = Logger(service=_SERVICE)
tracer = Tracer(service=_SERVICE)
# The stubs know only the installed services, and strict pyright counts the others as unknown.
_boto3: Any = boto3


def reader() -> DatasetReader:
    """The store that the environment names."""
    return DatasetReader(_boto3.client("s3"), os.environ["DATASET_BUCKET_NAME"])


@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def handler(_event: object, _context: LambdaContext) -> dict[str, Any]:
    """Compare the newest result of each evaluation with its baseline.

    Returns:
        The figures, by evaluation.

    Raises:
        RuntimeError: An evaluation could not be made; the others were. A metric counts it.
    """
    store = reader()
    made: dict[str, Any] = {}
    failed: list[str] = []
    for name in os.environ["EVALUATION_SETS"].split(","):
        try:
            figures = compare(parse(store.newest("evaluation", name)), parse(store.newest("baseline", name)))
        except Exception as error:  # noqa: BLE001 - one broken evaluation must not hide another one's drift
            logger.error("evaluation failed", extra={"evaluation": name, "error": str(error)})  # noqa: TRY400 - a traceback says no more
            _put("EvaluationFailed", name, 1, MetricUnit.Count)
            failed.append(name)
            continue
        _publish(name, figures)
        made[name] = asdict(figures)
    if failed:
        raise RuntimeError(f"not evaluated: {', '.join(failed)}")
    return made


def _publish(name: str, figures: Figures) -> None:
    for field, metric in _METRICS.items():
        _put(metric, name, getattr(figures, field), MetricUnit.NoUnit)
    logger.info("evaluated", extra={"evaluation": name, **asdict(figures)})


def _put(metric: str, name: str, value: float, unit: MetricUnit) -> None:
    dimensions = {"service": _SERVICE, "evaluation": name}
    with single_metric(
        name=metric, unit=unit, value=value, namespace=_NAMESPACE, default_dimensions=dimensions
    ):
        pass
