"""The only alarm of a namespace whose metric no dashboard shows is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AlarmWatchesWhatDashboardsShow"
ALARM = "AWS::CloudWatch::Alarm"
BODY = (
    '{"widgets": [{"type": "text"}, {"type": "metric", "properties": {"metrics": ['
    '["Shop", "Refused", "service", "chat"], [".", "Lost", {"stat": "Sum"}], ["Shop", "Failed"],'
    ' ["Shop", "Spent"], [{"expression": "m1"}]]}}]}'
)
DASHBOARD: dict[str, Any] = {
    "Board": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": BODY}}
}


def alarms(*names: str, namespace: str = "Shop") -> dict[str, Any]:
    return {n: {"Type": ALARM, "Properties": {"Namespace": namespace, "MetricName": n}} for n in names}


OTHERS = {**DASHBOARD, **alarms("Refused", "Lost", "Failed")}


def test_a_metric_of_a_dashboard_is_compliant(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"Namespace": "Shop", "MetricName": "Spent"}, others=OTHERS), Compliant)


def test_the_only_metric_of_none_is_found(ask: Callable[..., Answer]) -> None:
    answer = ask(RULE, {"Namespace": "Shop", "MetricName": "SpentUnused"}, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "MetricName"


@pytest.mark.parametrize(
    ("namespace", "others"),
    [
        ("AWS/Lambda", OTHERS),
        ("Elsewhere", OTHERS),
        ("Shop", alarms("Refused", "Lost", "Failed")),
        ("Shop", {**OTHERS, **alarms("Quiet", "Calm")}),
        (
            "Shop",
            {**OTHERS, "Board": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": "{"}}},
        ),
    ],
    ids=["of AWS", "another namespace", "no dashboard", "no practice", "no JSON"],
)
def test_where_there_is_no_practice_nobody_is_asked(
    ask: Callable[..., Answer], namespace: str, others: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {"Namespace": namespace, "MetricName": "X"}, others=others), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(
        ask(RULE, {"Namespace": "Shop", "MetricName": {"Ref": "Given"}}, others=OTHERS), Unknown
    )
