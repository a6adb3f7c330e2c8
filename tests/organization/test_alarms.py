from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk.assertions import Template

from genai_defense.organization import ChatbotAlarms

Synth = Callable[[], Template]
_DIMENSIONS = [{"Name": "service", "Value": "guardrail"}]
_TOPIC = "arn:aws:sns:eu-west-1:111122223333:theirs"


def _alarms(stack: cdk.Stack, **overrides: Any) -> ChatbotAlarms:
    topic = sns.Topic.from_topic_arn(stack, "TheirTopic", _TOPIC)
    return ChatbotAlarms(stack, "Alarms", alarm_topic=topic, **overrides)


def _by_name(template: Template) -> dict[str, dict[str, Any]]:
    found = template.find_resources("AWS::CloudWatch::Alarm")
    return {logical_id[6:-8]: alarm["Properties"] for logical_id, alarm in found.items()}


@pytest.mark.parametrize(
    ("alarm", "watched"),
    [
        ("Attack", ("Refused", 300, 20)),
        ("Failure", ("FailedClosed", 300, 1)),
        ("Spend", ("TokensSpent", 3600, 1_000_000)),
    ],
)
def test_each_alarm_watches_its_metric_with_the_documented_default(
    stack: cdk.Stack, template: Synth, alarm: str, watched: tuple[str, int, int]
) -> None:
    _alarms(stack)
    properties = _by_name(template())[alarm]
    assert (properties["MetricName"], properties["Period"], properties["Threshold"]) == watched
    assert (properties["Namespace"], properties["Statistic"]) == ("GenAiDefense", "Sum")
    assert properties["Dimensions"] == _DIMENSIONS
    assert properties["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    assert properties["EvaluationPeriods"] == 1


def test_every_alarm_calls_when_it_starts_and_when_it_ends(stack: cdk.Stack, template: Synth) -> None:
    _alarms(stack)
    for properties in _by_name(template()).values():
        assert properties["AlarmActions"] == properties["OKActions"] == [_TOPIC]
        assert properties.get("ActionsEnabled", True) is True


def test_silence_is_no_alarm(stack: cdk.Stack, template: Synth) -> None:
    _alarms(stack)
    assert {p["TreatMissingData"] for p in _by_name(template()).values()} == {"notBreaching"}


def test_thresholds_are_settable(stack: cdk.Stack, template: Synth) -> None:
    _alarms(stack, refused_per_five_minutes=50, failures_per_five_minutes=3, tokens_per_hour=7)
    assert {n: p["Threshold"] for n, p in _by_name(template()).items()} == {
        "Attack": 50,
        "Failure": 3,
        "Spend": 7,
    }


def test_a_function_that_dies_before_it_reports_is_heard(stack: cdk.Stack, template: Synth) -> None:
    guardrail = lambda_.Function(
        stack,
        "Guardrail",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): pass"),
    )
    _alarms(stack, guardrail=guardrail)
    metrics = _by_name(template())["Failure"]["Metrics"]
    named = {m["MetricStat"]["Metric"]["MetricName"] for m in metrics if "MetricStat" in m}
    assert named == {"FailedClosed", "Errors", "Throttles"}
    (expression,) = (m["Expression"] for m in metrics if "Expression" in m)
    assert expression == "FILL(closed, 0) + FILL(errors, 0) + FILL(throttles, 0)"


@pytest.mark.parametrize("name", ["refused_per_five_minutes", "failures_per_five_minutes", "tokens_per_hour"])
def test_an_alarm_that_would_never_end_is_refused(stack: cdk.Stack, name: str) -> None:
    with pytest.raises(
        ValueError, match=f"Foreign/Alarms: {name} is 0, but an alarm at less than 1 never ends"
    ):
        _alarms(stack, **{name: 0})
