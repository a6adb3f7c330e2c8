"""Alarm can go off."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-AlarmCanGoOff"


def alarm(threshold: object, **changed: object) -> dict[str, Any]:
    sound = {
        "MetricName": "Errors",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "EvaluationPeriods": 1,
    }
    return {"properties": {"Threshold": threshold, "Period": 300, **sound, **changed}}


def expression(threshold: object, *names: str) -> dict[str, Any]:
    metrics = [{"Id": f"m{i}", "MetricStat": {"Metric": {"MetricName": n}}} for i, n in enumerate(names)]
    body = alarm(threshold, Metrics=[{"Id": "all", "Expression": "SUM(METRICS())"}, *metrics])
    del body["properties"]["MetricName"]
    return body


def composite(rule: object) -> dict[str, Any]:
    return {"properties": {"AlarmRule": rule}, "resource_type": "AWS::CloudWatch::CompositeAlarm"}


@pytest.mark.parametrize(
    "case",
    [
        alarm(20),
        alarm("5"),
        alarm(80, MetricName="CPUUtilization"),
        alarm(20_000_000, MetricName="TokensSpent"),
        expression(1, "Errors", "Throttles"),
        expression(10**9, "Errors", "BytesSent"),
        composite('ALARM("a") OR NOT OK("b")'),
        {"properties": {"ThresholdMetricId": "band", "EvaluationPeriods": 2}},
        alarm(1, ComparisonOperator="LessThanThreshold", MetricName="HealthyHostCount"),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        alarm(1_000_000),
        alarm(10**9, MetricName="TokensSpent"),
        expression(10**9, "Errors", "FailedClosed"),
        composite("FALSE"),
        alarm(101, MetricName="CPUUtilization"),
        alarm(0, ComparisonOperator="LessThanThreshold"),
        alarm(5, EvaluationPeriods=300, Period=300),
        alarm(10**12, MetricName="TokensSpent"),
        alarm(10**9, MetricName="DocumentsWaiting"),
        alarm(-1, ComparisonOperator="LessThanOrEqualToThreshold", MetricName="HealthyHostCount"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


@pytest.mark.parametrize(
    "case",
    [
        alarm({"Ref": "Given"}),
        alarm("many"),
        composite({"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)
