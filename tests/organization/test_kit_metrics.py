"""No alarm and no graph waits for a metric that nobody writes."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from aws_cdk.assertions import Template

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.organization import AlarmTopic, RiskAlarms, RiskDashboard, Watched, kit_metrics
from genai_defense.organization.kit_metrics import ACTIONS, NAMESPACE, RISKS, KitMetric
from guardrail_engine import DETECTORS
from response_rows import ActionKind

Synth = Callable[[], Template]
LAMBDA = Path(__file__).resolve().parents[2] / "lambda"
TABLE = {
    metric.name + metric.service: metric
    for metric in vars(kit_metrics).values()
    if isinstance(metric, KitMetric)
}


_SECOND = {"evaluation": "evaluation"}
"""Second dimension that a package gives to every metric by default."""


def _emitted(service: str) -> Iterator[tuple[str, str | None]]:
    """Name and second dimension of each metric that a package writes, read from its sources."""
    for path in sorted((LAMBDA / service).glob("*.py")):
        tree = ast.parse(path.read_text())
        constants = {
            ast.unparse(node.target): str(node.value.value)
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.With):
                yield from _with_dimension(node)
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("add_metric"):
                (name,) = (word.value for word in node.keywords if word.arg == "name")
                if isinstance(name, ast.Constant):
                    yield str(name.value), None
            if isinstance(node, ast.AnnAssign | ast.Assign) and "METRICS" in ast.unparse(node)[:15]:
                values = node.value.values if isinstance(node.value, ast.Dict) else []
                second = _SECOND.get(service)
                yield from ((str(one.value), second) for one in values if isinstance(one, ast.Constant))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"self.count", "_put"}:
                counted = ast.unparse(node.args[0])
                yield constants.get(counted, counted.strip("'")), _SECOND.get(service)


def _with_dimension(node: ast.With) -> Iterator[tuple[str, str | None]]:
    call = node.items[0].context_expr
    if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("single_metric"):
        return
    name = next(
        (
            str(word.value.value)
            for word in call.keywords
            if word.arg == "name" and isinstance(word.value, ast.Constant)
        ),
        None,
    )
    if name is None:
        return
    dimensions = [
        str(word.value.value)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and ast.unparse(inner.func).endswith("add_dimension")
        for word in inner.keywords
        if word.arg == "name" and isinstance(word.value, ast.Constant)
    ]
    yield name, dimensions[0] if dimensions else None


@pytest.mark.parametrize("metric", TABLE.values(), ids=lambda metric: f"{metric.service}-{metric.name}")
def test_every_metric_of_the_table_is_written_by_its_function(metric: KitMetric) -> None:
    assert (metric.name, metric.dimension) in set(_emitted(metric.service))


def test_every_risk_that_a_detector_reports_has_its_line() -> None:
    risks = {risk for detector in DETECTORS for risk in getattr(detector, "risks", ())}
    assert risks <= RISKS.keys()


def test_every_action_has_its_line() -> None:
    assert set(ACTIONS) == {kind.value for kind in ActionKind} - {"notify"}


@pytest.fixture
def watched(stack: cdk.Stack) -> Watched:
    machine = stepfunctions.CfnStateMachine(stack, "Machine", role_arn="arn:aws:iam::111122223333:role/r")
    api = apigateway.RestApi(stack, "Api")
    api.root.add_method("GET")
    latency = cloudwatch.Metric(namespace="AWS/Lambda", metric_name="Duration")
    return Watched(
        state_machine=machine,
        queues={"Letters": sqs.Queue(stack, "Letters")},
        latency=latency,
        server_errors=api.metric_server_error(),
        evaluations=["answers", "refunds"],
    )


@pytest.fixture
def built(stack: cdk.Stack, watched: Watched, template: Synth) -> Template:
    topic = AlarmTopic(stack, "Topic", encryption_key=kms.Key(stack, "Key"))
    alarms = RiskAlarms(stack, "Alarms", alarm_topic=topic.topic, watched=watched)
    RiskDashboard(stack, "Dashboard", alarms=alarms, watched=watched)
    return template()


def _alarms(built: Template) -> list[dict[str, Any]]:
    return [entry["Properties"] for entry in built.find_resources("AWS::CloudWatch::Alarm").values()]


def test_every_alarm_on_a_metric_of_ours_reads_one_that_is_written(built: Template) -> None:
    ours = [alarm for alarm in _alarms(built) if alarm.get("Namespace") == NAMESPACE]
    assert len(ours) >= len(RISKS) + 6
    for alarm in ours:
        dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
        metric = TABLE[alarm["MetricName"] + dimensions["service"]]
        assert dimensions.keys() == {"service", *filter(None, [metric.dimension])}


def test_every_alarm_calls_somebody_at_its_start_and_end_and_sleeps_when_nobody_asks(built: Template) -> None:
    for alarm in _alarms(built):
        assert alarm["AlarmActions"] == alarm["OKActions"] != []
        assert alarm["TreatMissingData"] == "notBreaching"
    (composite,) = built.find_resources("AWS::CloudWatch::CompositeAlarm").values()
    assert composite["Properties"]["AlarmActions"] != []


def test_a_risk_that_is_counted_by_the_minute_says_that_an_attack_is_under_way(built: Template) -> None:
    """One of an evaluation does not: it stands for a day, and would hide what comes on that day."""
    (composite,) = built.find_resources("AWS::CloudWatch::CompositeAlarm").values()
    named = str(composite["Properties"]["AlarmRule"])
    for name, alarm in built.find_resources("AWS::CloudWatch::Alarm").items():
        risk = alarm["Properties"]["AlarmDescription"].startswith("LLM")
        assert (f"'{name}'" in named) is (
            risk and alarm["Properties"]["Period"] < 86_400
        ) or "Limited" in name


def test_there_is_an_alarm_for_each_risk(built: Template) -> None:
    risks = {
        one["Value"]
        for alarm in _alarms(built)
        for one in alarm.get("Dimensions", [])
        if one["Name"] == "risk"
    }
    assert risks == RISKS.keys()


def test_drift_and_bias_of_each_evaluation_call_somebody_the_day_they_are_measured(built: Template) -> None:
    daily = {
        (alarm["MetricName"], one["Value"]): (alarm["Threshold"], alarm["Statistic"])
        for alarm in _alarms(built)
        for one in alarm.get("Dimensions", [])
        if one["Name"] == "evaluation" and alarm["Period"] == 86_400
    }
    assert {name for _, name in daily} == {"answers", "refunds"}
    assert daily["EvaluationDrift", "answers"] == (0.25, "Maximum")
    assert (
        daily["EvaluationRefusalGap", "refunds"]
        == daily["EvaluationAccuracyGap", "refunds"]
        == (0.2, "Maximum")
    )
    assert daily["EvaluationFailed", "answers"][0] == 1


def test_retrieval_that_fails_or_gives_what_may_not_be_seen_calls_somebody(built: Template) -> None:
    watched = {alarm["MetricName"] for alarm in _alarms(built) if "MetricName" in alarm}
    assert {"RetrievalUnavailable", "PassagesRefused"} <= watched


def test_the_dashboard_shows_each_risk(built: Template) -> None:
    (dashboard,) = built.find_resources("AWS::CloudWatch::Dashboard").values()
    body = str(dashboard["Properties"]["DashboardBody"])
    assert all(f"{risk} {meaning}" in body for risk, meaning in RISKS.items())
    assert all(name in body for name in ("DocumentQuarantined", "Ungrounded", "PassagesRefused"))


@pytest.mark.parametrize("limits", [{"LLM01": 0}, {"LLM99": 5}])
def test_a_threshold_that_never_ends_or_counts_nothing_is_refused(
    stack: cdk.Stack, watched: Watched, limits: dict[str, int]
) -> None:
    topic = AlarmTopic(stack, "Topic", encryption_key=kms.Key(stack, "Key"))
    with pytest.raises(ValueError, match="per_risk"):
        RiskAlarms(stack, "Alarms", alarm_topic=topic.topic, watched=watched, per_risk=limits)


def test_a_metric_is_asked_for_with_its_dimension_or_not_at_all() -> None:
    with pytest.raises(ValueError, match="second dimension"):
        kit_metrics.BLOCKED.sum(cdk.Duration.minutes(5))


def test_all_functions_write_into_one_namespace() -> None:
    assert NAMESPACE == METRICS_NAMESPACE
