"""An alarm on a metric that nothing measures is found, where the templates tell what is measured."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AlarmWatchesAMetricThatExists"


def metric(namespace: object, name: object) -> dict[str, Any]:
    return {"Namespace": namespace, "MetricName": name}


def filtered(name: object) -> dict[str, Any]:
    written = {"MetricNamespace": "Chat", "MetricName": name, "MetricValue": "1"}
    properties = {"MetricTransformations": [written]}
    return {"Filter": {"Type": "AWS::Logs::MetricFilter", "Properties": properties}}


CODE = {
    "Function": {
        "Type": "AWS::Lambda::Function",
        "Properties": {"Environment": {"Variables": {"POWERTOOLS_METRICS_NAMESPACE": "Chat"}}},
    }
}


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (metric("AWS/SQS", "ApproximateNumberOfMessagesVisible"), {}),
        (metric("AWS/Lambda", "Errors"), {}),
        (metric("AWS/ApiGateway", "5XXError"), {}),
        (metric("AWS/States", "ExecutionsFailed"), {}),
        (metric("Chat", "Refused"), filtered("Refused")),
        (metric("Chat", "Refused"), filtered({"Ref": "Given"})),
    ],
)
def test_a_metric_that_is_measured_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), Compliant)


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (metric("AWS/SQS", "MessagesWaiting"), {}),
        (metric("AWS/Lambda", "Error"), {}),
        (metric("Chat", "Refusals"), filtered("Refused")),
    ],
)
def test_a_metric_that_nothing_measures_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    answer = ask(RULE, properties, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MetricName"


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        (metric("Chat", "Refused"), {}),
        (metric("Chat", "Refused"), {**filtered("Other"), **CODE}),
        (metric("AWS/Bedrock", "Anything"), {}),
        (metric({"Ref": "Given"}, "Errors"), {}),
        ({"Metrics": []}, {}),
    ],
)
def test_what_the_templates_do_not_tell_is_left_alone(
    ask: Callable[..., Answer], properties: dict[str, Any], others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, metric("AWS/SQS", {"Ref": "Given"})), Unknown)
